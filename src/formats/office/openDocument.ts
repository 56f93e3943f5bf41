/** OpenDocument text and presentations (ISO/IEC 26300): `content.xml` told as XHTML. Sheets are read by SheetJS. */
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import { onlyHeading, sectionParts, type TextBlock } from '../markup/blocks';
import { formulaText } from '../markup/mathml';
import { blocksOfXhtml } from '../markup/xhtml';
import { baseName, type Source } from '../source';
import { coreTitle } from './coreTitle';
import type { ZipArchive } from '../archive/zip';
import { openOfficeArchive } from './officeArchive';
import {
  childElements,
  descend,
  descendants,
  firstChild,
  isElement,
  parseXml,
  textContent,
  type XmlElement,
  type XmlNode,
} from './xml';

export function readOpenDocument(source: Source): Result<DocumentContent> {
  const archive = openOfficeArchive(source);
  if (!archive.ok) return archive;
  try {
    const content = archive.value.text('content.xml');
    if (content === undefined) throw new Error('it has no content');
    if (!content.ok) return content;
    const root = parseXml(content.value);
    const body = descend(root, 'office:body');
    const told = { archive: archive.value, raised: raisedStyles(root) };
    const title = coreTitle(archive.value);
    const slides = descend(body, 'office:presentation');
    if (slides) {
      const parts = childElements(slides, 'draw:page').map((page, i) => slide(page, i, told));
      return ok({
        format: source.format,
        title: title ?? parts.find((part) => part.title !== '')?.title,
        parts,
        notes: [],
      });
    }
    const text = descend(body, 'office:text');
    if (!text) throw new Error('it has no text');
    const blocks = [...blocksOfXhtml(text.children.flatMap((node) => xhtml(node, told))), ...notesOf(text)];
    return ok({
      format: source.format,
      title: title ?? onlyHeading(blocks),
      parts: sectionParts(blocks),
      notes: [],
    });
  } catch (error) {
    return failed(
      'bad-reply',
      `${baseName(source.name)} is a broken ${source.format.toUpperCase()} file: ${messageOf(error)}.`,
    );
  }
}

interface Told {
  readonly archive: ZipArchive;
  /** Names of the styles of raised characters. */
  readonly raised: ReadonlySet<string>;
}

/** Writers make a style for each way in which characters are set (part 3, section 16.29). */
const raisedStyles = (root: XmlElement): ReadonlySet<string> =>
  new Set(
    [...descendants(root, 'style:style')]
      .filter((style) => {
        const position = firstChild(style, 'style:text-properties')?.attributes['style:text-position'];
        return /^(?:super|[1-9])/.test(position ?? '');
      })
      .map(({ attributes }) => attributes['style:name'] ?? ''),
  );

function slide(page: XmlElement, index: number, told: Told): DocumentPart {
  const frames = childElements(page).filter(({ name }) => name.startsWith('draw:'));
  const titled = frames.find(({ attributes }) => attributes['presentation:class'] === 'title');
  const text = (frame: XmlElement) =>
    blocksOfXhtml(xhtml(frame, told))
      .map((block) => block.text)
      .join('\n\n');
  const title = titled === undefined ? '' : text(titled).replace(/\s+/g, ' ');
  const notes = childElements(page, 'presentation:notes').map(text).join('\n\n');
  const blocks = [
    ...(title === '' ? [] : [`# ${title}`]),
    ...frames.filter((frame) => frame !== titled).map(text),
    ...(notes.trim() === '' ? [] : [`Notes:\n${notes}`]),
  ];
  const number = index + 1;
  return {
    locator: { kind: 'slides', start: number, end: number },
    title,
    text: blocks.filter((block) => block !== '').join('\n\n'),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  'text:p': 'p',
  'text:list': 'ul',
  'text:list-item': 'li',
  'text:list-header': 'li',
  'table:table': 'table',
  'table:table-row': 'tr',
  'table:table-cell': 'td',
  'table:covered-table-cell': 'td',
  'table:table-header-rows': 'thead',
  'table:table-rows': 'tbody',
  'draw:text-box': 'div',
  'text:line-break': 'br',
  'text:section': 'div',
};

/** Changes that were deleted, the layout of indexes, what stands on each slide by itself. */
const LEFT_OUT = new Set([
  'text:tracked-changes',
  'office:annotation',
  'text:note-body',
  'presentation:footer',
  'text:page-number',
]);
/** Empty cells repeat to the end of a sheet. */
const MOST_REPEATED = 1_000;

/** A node with the names of XHTML; rows and cells that repeat, repeated. */
function xhtml(node: XmlNode, told: Told): XmlNode[] {
  if (!isElement(node)) return [node];
  const { name, attributes } = node;
  if (LEFT_OUT.has(name)) return [];
  const children = () => node.children.flatMap((child) => xhtml(child, told));
  switch (name) {
    case 'text:s':
      return [' '.repeat(Math.min(MOST_REPEATED, Number(attributes['text:c'] ?? 1) || 1))];
    case 'text:tab':
      return [' '];
    case 'text:h':
      return [
        {
          name: `h${Math.min(6, Number(attributes['text:outline-level'] ?? 1) || 1)}`,
          attributes: {},
          children: children(),
        },
      ];
    case 'text:note': {
      const mark = childElements(node, 'text:note-citation').map(textContent).join('');
      return [`[^${mark}]`];
    }
    case 'text:span':
      return [
        {
          name: told.raised.has(attributes['text:style-name'] ?? '') ? 'sup' : 'span',
          attributes: {},
          children: children(),
        },
      ];
    case 'text:a':
      return [{ name: 'a', attributes: { href: attributes['xlink:href'] ?? '' }, children: children() }];
    case 'draw:image':
      return [];
    case 'draw:frame': {
      const formula = formulaOf(node, told.archive);
      return formula === undefined ? [{ name: 'div', attributes: {}, children: children() }] : [formula];
    }
    case 'svg:title':
    case 'svg:desc':
      return [{ name: 'img', attributes: { alt: textContent(node) }, children: [] }];
    case 'table:table-cell':
    case 'table:table-row': {
      const key =
        name === 'table:table-cell' ? 'table:number-columns-repeated' : 'table:number-rows-repeated';
      const times = Math.min(MOST_REPEATED, Math.max(1, Number(attributes[key] ?? 1) || 1));
      const copy = { name: NAMES[name] ?? name, attributes: {}, children: children() };
      return Array.from({ length: times }, () => copy);
    }
    default:
      return [{ name: NAMES[name] ?? name, attributes: {}, children: children() }];
  }
}

/** An equation on one line; undefined for another object. */
function formulaOf(frame: XmlElement, archive: ZipArchive): string | undefined {
  const href = firstChild(frame, 'draw:object')?.attributes['xlink:href'];
  const xml =
    href === undefined
      ? undefined
      : archive.text(`${href.replace(/^\.\//, '').replace(/\/$/, '')}/content.xml`);
  if (xml?.ok !== true || !/<(?:math:)?math[\s>]/.test(xml.value)) return undefined;
  return formulaText(parseXml(xml.value));
}

const notesOf = (text: XmlElement): TextBlock[] =>
  [...descendants(text, 'text:note')].map((note) => {
    const mark = childElements(note, 'text:note-citation').map(textContent).join('');
    const body = childElements(note, 'text:note-body').map(textContent).join(' ');
    return { level: 0, text: `[^${mark}]: ${body.replace(/\s+/g, ' ').trim()}` };
  });
