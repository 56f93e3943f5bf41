/** Word documents, by mammoth: sections by heading. */
import mammoth from 'mammoth';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent } from '../../core/ports';
import type { ZipArchive } from '../archive/zip';
import { blocksOfXhtml, inlineText } from '../markup/xhtml';
import { onlyHeading, sectionParts, type TextBlock } from '../markup/blocks';
import { baseName, type Source } from '../source';
import { coreTitle } from './coreTitle';
import { withEquationsAsText } from './equations';
import { checkOfficeArchive } from './officeArchive';
import { childElements, descendants, isElement, parseXml, textContent, type XmlElement } from './xml';

/** Beside the styles that mammoth knows: a title, quotes, and comments, which it leaves out unless asked. */
const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  'comment-reference => sup',
];

export async function readDocx(source: Source): Promise<Result<DocumentContent>> {
  const archive = checkOfficeArchive(source);
  if (!archive.ok) return archive;
  try {
    const document = archive.value.text('word/document.xml');
    const bytes = document?.ok === true ? withEquationsAsText(source.bytes, document.value) : source.bytes;
    const { value: html } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) },
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
    const styled = childElements(body, 'h1').find(({ attributes }) => attributes['class'] === 'title');
    const title = coreTitle(archive.value) ?? (styled && inlineText(styled.children)) ?? onlyHeading(blocks);
    return ok({ format: 'docx', title, parts, notes: notesFor(archive.value, parts.length, document) });
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

const LONGEST_MARGIN = 200;

function notesFor(archive: ZipArchive, parts: number, document: Result<string> | undefined): string[] {
  const notes: string[] = [];
  if (parts === 0) {
    const pictures = archive.entries.some(({ name }) => name.startsWith('word/media/'));
    notes.push(pictures ? 'It has no text, only pictures.' : 'It has no text.');
  }
  if (document?.ok === true && /<w:(?:ins|del)\s/.test(document.value))
    notes.push('It has tracked changes: shown is the text as if all were accepted.');
  const margins = [...new Set(archive.entries.flatMap(({ name }) => marginText(archive, name)))];
  if (margins.length > 0) notes.push(`Its pages have in their margins: ${margins.join(', ')}.`);
  return notes;
}

/** What a header or footer says, which mammoth leaves out. */
function marginText(archive: ZipArchive, name: string): string[] {
  const xml = /^word\/(?:header|footer)\d*\.xml$/.test(name) ? archive.text(name) : undefined;
  if (xml?.ok !== true) return [];
  const text = [...descendants(parseXml(xml.value), 'w:t')]
    .map(textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/\p{L}/u.test(text)) return [];
  return [`“${text.slice(0, LONGEST_MARGIN)}${text.length > LONGEST_MARGIN ? ' …' : ''}”`];
}
