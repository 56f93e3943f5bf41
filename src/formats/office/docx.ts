/** Word documents, by mammoth: sections by heading. */
import mammoth from 'mammoth';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent } from '../../core/ports';
import type { ZipArchive } from '../archive/zip';
import { blocksOfXhtml } from '../markup/xhtml';
import { sectionParts, type TextBlock } from '../markup/blocks';
import { baseName, type Source } from '../source';
import { coreTitle } from './coreTitle';
import { checkOfficeArchive } from './officeArchive';
import { childElements, isElement, parseXml, textContent, type XmlElement } from './xml';

/** Beside the styles that mammoth knows: a title, quotes, and comments, which it leaves out unless asked. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  'comment-reference => sup',
];

export async function readDocx(source: Source): Promise<Result<DocumentContent>> {
  const archive = checkOfficeArchive(source);
  if (!archive.ok) return archive;
  try {
    const { value: html } = await mammoth.convertToHtml(
      { buffer: Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length) },
      {
        styleMap: STYLES,
        // Pictures are read as what their author says of them.
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    // Mammoth writes well-formed XML.
    const body = parseXml(`<body>${html}</body>`);
    const blocks = [...blocksOfXhtml(body.children.filter((node) => !isNotes(node))), ...notesOf(body)];
    const parts = sectionParts(blocks);
    const title = coreTitle(archive.value) ?? blocks.find(({ level }) => level === 1)?.text;
    return ok({ format: 'docx', title, parts, notes: notesFor(archive.value, parts.length) });
  } catch (error) {
    return failed('bad-reply', `${baseName(source.name)} is a broken DOCX file: ${messageOf(error)}.`);
  }
}

/** Mammoth puts footnotes and endnotes into one list at the end, each with a link back to its mark. */
const isNotes = (node: XmlElement | string): boolean =>
  isElement(node) && node.name === 'ol' && childElements(node, 'li').some(isNote);

const isNote = (item: XmlElement): boolean => /^(?:footnote|endnote)-/.test(item.attributes['id'] ?? '');

const notesOf = (body: XmlElement): TextBlock[] =>
  body.children
    .filter(isElement)
    .filter(isNotes)
    .flatMap((list) => childElements(list, 'li'))
    .map((item, i) => ({
      level: 0,
      text: `[^${i + 1}]: ${textContent(item)
        .replace(/\s*↑\s*$/, '')
        .replace(/\s+/g, ' ')
        .trim()}`,
    }));

function notesFor(archive: ZipArchive, parts: number): string[] {
  if (parts > 0) return [];
  const pictures = archive.entries.some(({ name }) => name.startsWith('word/media/'));
  return [pictures ? 'It has no text, only pictures.' : 'It has no text.'];
}
