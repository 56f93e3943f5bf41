/** The text of a slide (DrawingML shapes), in the order in which its shapes stand in the file: that of reading aloud. */
import { markdownTable } from '../markup/blocks';
import { picture } from '../markup/xhtml';
import { chartRows } from './charts';
import {
  childElements,
  descend,
  descendants,
  firstChild,
  isElement,
  textContent,
  type XmlElement,
} from './xml';

export interface SlideText {
  readonly title: string;
  readonly blocks: readonly string[];
}

/** Finds what a frame shows by the id of its relationship. */
type Related = (id: string) => XmlElement | undefined;

/** Placeholders that say the same on every slide, and the picture of the slide on a page of notes. */
const FURNITURE = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

export function slideText(slide: XmlElement, related: Related): SlideText {
  const tree = descend(slide, 'p:cSld', 'p:spTree');
  const found: { title: string; blocks: string[] } = { title: '', blocks: [] };
  if (tree) readShapes(tree, related, found);
  return { title: found.title, blocks: found.blocks.filter((block) => block.trim() !== '') };
}

function readShapes(parent: XmlElement, related: Related, found: { title: string; blocks: string[] }): void {
  for (const shape of childElements(parent)) {
    switch (shape.name) {
      case 'p:sp': {
        const kind = placeholder(shape);
        if (FURNITURE.has(kind)) break;
        const text = paragraphs(firstChild(shape, 'p:txBody'));
        if ((kind === 'title' || kind === 'ctrTitle') && found.title === '')
          found.title = text.replace(/\s+/g, ' ');
        else found.blocks.push(text);
        break;
      }
      case 'p:grpSp':
        readShapes(shape, related, found);
        break;
      case 'p:graphicFrame':
        found.blocks.push(frameText(shape, related));
        break;
      case 'p:pic':
        found.blocks.push(picture(description(shape)).trim());
        break;
      case 'mc:AlternateContent': {
        // One of them is shown: what newer programs understand, or what stands in for it.
        const choice = firstChild(shape, 'mc:Choice') ?? firstChild(shape, 'mc:Fallback');
        if (choice) readShapes(choice, related, found);
        break;
      }
    }
  }
}

const placeholder = (shape: XmlElement): string => {
  const ph = descend(shape, 'p:nvSpPr', 'p:nvPr', 'p:ph');
  return ph === undefined ? '' : (ph.attributes['type'] ?? 'body');
};

const description = (shape: XmlElement): string =>
  descend(shape, 'p:nvPicPr', 'p:cNvPr')?.attributes['descr'] ?? '';

/** Paragraphs of a body, lists indented by their level. */
function paragraphs(body: XmlElement | undefined): string {
  const lines = childElements(body ?? { name: '', attributes: {}, children: [] }, 'a:p').map((paragraph) => {
    const properties = firstChild(paragraph, 'a:pPr');
    const level = Math.min(8, Number(properties?.attributes['lvl'] ?? 0) || 0);
    const bullet =
      level > 0 ||
      (properties !== undefined &&
        childElements(properties).some(({ name }) => /^a:bu(?:Char|AutoNum|Blip)$/.test(name)));
    const text = runs(paragraph).trim();
    return text === '' ? '' : `${'  '.repeat(level)}${bullet ? '- ' : ''}${text}`;
  });
  return lines.filter((line) => line !== '').join('\n');
}

/** Runs, fields, line breaks, and formulas as their plain characters. */
const runs = (paragraph: XmlElement): string =>
  paragraph.children
    .filter(isElement)
    .map((child) => {
      if (child.name === 'a:r' || child.name === 'a:fld') return textOfRun(child);
      if (child.name === 'a:br') return '\n';
      return [...descendants(child, 'm:t')].map(textContent).join('');
    })
    .join('');

const textOfRun = (run: XmlElement): string => {
  const text = firstChild(run, 'a:t');
  return text === undefined ? '' : textContent(text);
};

/** A table, a chart or a diagram. */
function frameText(frame: XmlElement, related: Related): string {
  const data = descend(frame, 'a:graphic', 'a:graphicData');
  if (data === undefined) return '';
  const table = firstChild(data, 'a:tbl');
  if (table) return markdownTable(childElements(table, 'a:tr').map(cellsOf));
  const chart = firstChild(data, 'c:chart');
  if (chart) {
    const root = related(chart.attributes['r:id'] ?? '');
    if (root === undefined) return '(a chart)';
    const title = [...descendants(root, 'c:title')][0];
    const name = title === undefined ? '' : [...descendants(title, 'a:t')].map(textContent).join('');
    return [`(a chart${name === '' ? '' : `: ${name}`})`, markdownTable(chartRows(root))]
      .filter((part) => part !== '')
      .join('\n\n');
  }
  const diagram = firstChild(data, 'dgm:relIds');
  const model = diagram && related(diagram.attributes['r:dm'] ?? '');
  if (!model) return '';
  const points = [...descendants(model, 'dgm:t')]
    .map((text) => paragraphs(text))
    .filter((text) => text !== '');
  return points.map((text) => `- ${text}`).join('\n');
}

/** Cells that are covered by a merged one stay empty. */
const cellsOf = (row: XmlElement): string[] =>
  childElements(row, 'a:tc').map((cell) =>
    cell.attributes['hMerge'] === '1' || cell.attributes['vMerge'] === '1'
      ? ''
      : paragraphs(firstChild(cell, 'a:txBody')),
  );
