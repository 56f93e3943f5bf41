/** EPUB 2 and 3: the chapters in the order of reading, sections by heading. */
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import type { ZipArchive } from '../archive/zip';
import { sectionParts } from '../markup/blocks';
import { blocksOfXhtml } from '../markup/xhtml';
import { baseName, type Source } from '../source';
import { openOfficeArchive } from './officeArchive';
import { resolvePath } from './relationships';
import { childElements, descendants, firstChild, parseXml, textContent, type XmlElement } from './xml';

export function readEpub(source: Source): Result<DocumentContent> {
  const archive = openOfficeArchive(source);
  if (!archive.ok) return archive;
  try {
    return readBook(archive.value);
  } catch (error) {
    return failed('bad-reply', `${baseName(source.name)} is a broken EPUB: ${messageOf(error)}.`);
  }
}

function readBook(archive: ZipArchive): Result<DocumentContent> {
  const [rootFile] = descendants(rootOf(archive, 'META-INF/container.xml'), 'rootfile');
  const packagePath = rootFile?.attributes['full-path'] ?? '';
  const book = rootOf(archive, packagePath);
  const folder = packagePath.slice(0, packagePath.lastIndexOf('/') + 1);
  const manifest = new Map(
    [...descendants(book, 'item')].map(({ attributes }) => [
      attributes['id'] ?? '',
      attributes['href'] ?? '',
    ]),
  );
  const parts: DocumentPart[] = [];
  const notes: string[] = [];
  for (const { attributes } of descendants(book, 'itemref')) {
    const href = manifest.get(attributes['idref'] ?? '');
    if (href === undefined) continue;
    const path = resolvePath(folder, decodeURIComponent(href));
    const xml = archive.text(path);
    if (xml?.ok === false && xml.fault.code === 'limit') return xml;
    if (xml?.ok === true) parts.push(...chapter(xml.value));
    else
      notes.push(
        `The chapter ${path} cannot be read: it is ${xml === undefined ? 'missing' : 'damaged or protected'}.`,
      );
  }
  const title = [...descendants(book, 'dc:title')].map(textContent)[0]?.trim();
  return ok({ format: 'epub', title: title === '' ? undefined : title, parts, notes });
}

function rootOf(archive: ZipArchive, name: string): XmlElement {
  const xml = archive.text(name);
  if (xml?.ok !== true) throw new Error(xml?.fault.message ?? `${name} is missing`);
  return parseXml(xml.value);
}

function chapter(xhtml: string): DocumentPart[] {
  const body = firstChild(parseXml(xhtml), 'body');
  return body === undefined
    ? []
    : sectionParts(blocksOfXhtml(childElements(body).length > 0 ? body.children : [body]));
}
