/** What pdf.js finds on a page, in upright coordinates. */
import type { PDFPageProxy } from 'unpdf/pdfjs';
import type { Piece } from './textLine';

export interface PageContent {
  /** Pieces by how they are turned, those that are most first. */
  readonly groups: readonly (readonly Piece[])[];
  /** Values of a form's fields and comments, a line each. */
  readonly annotations: readonly string[];
}

type TextItem = Extract<
  Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items'][number],
  { str: string }
>;
type Matrix = readonly [number, number, number, number, number, number];

export async function readPage(page: PDFPageProxy): Promise<PageContent> {
  const { items } = await page.getTextContent();
  const viewport = page.getViewport({ scale: 1 });
  const base = matrixOf(viewport.transform);
  const turns = new Map<number, Piece[]>();
  const seen = new Set<string>();
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue;
    const { quarters, piece, x, y } = place(item, base);
    // Text off the page is not there for who looks at it.
    if (x < -piece.size || y < -piece.size || x > viewport.width || y > viewport.height + piece.size)
      continue;
    // Bold by printing twice.
    const key = `${piece.text} ${Math.round(piece.x)} ${Math.round(piece.y)}`;
    if (seen.has(key) && piece.text.trim() !== '') continue;
    seen.add(key);
    const group = turns.get(quarters);
    if (group) group.push(piece);
    else turns.set(quarters, [piece]);
  }
  const groups = [...turns.values()].sort((a, b) => lengthOf(b) - lengthOf(a));
  return { groups, annotations: await annotationsOf(page) };
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

/** Of punctuation marks. */
const VERTICAL_FORM = /[\ufe10-\ufe19\ufe30-\ufe48]/g;

function place(item: TextItem, base: Matrix) {
  const [a, b, c, d, x, y] = multiply(base, matrixOf(item.transform));
  // Lines that are written downwards are as lines turned by a quarter: the rightmost is the first.
  const isVertical = item.dir === 'ttb';
  const quarters = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + (isVertical ? 5 : 4)) % 4;
  const [cos, sin] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][quarters] ?? [1, 0];
  const size = Math.hypot(c, d) || item.height || 1;
  const piece: Piece = {
    text: item.str.replace(VERTICAL_FORM, (form) => form.normalize('NFKC')),
    x: x * (cos ?? 1) + y * (sin ?? 0),
    y: y * (cos ?? 1) - x * (sin ?? 0),
    width: isVertical ? item.height : item.width,
    size,
    isRightToLeft: item.dir === 'rtl',
  };
  return { quarters, piece, x, y };
}

function matrixOf(values: readonly unknown[]): Matrix {
  const at = (i: number): number => {
    const value = values[i];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  };
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

async function annotationsOf(page: PDFPageProxy): Promise<string[]> {
  const annotations: unknown[] = await page.getAnnotations().catch(() => []);
  return annotations.flatMap((annotation) => {
    const line = annotationLine(annotation);
    return line === undefined ? [] : [line];
  });
}

function annotationLine(annotation: unknown): string | undefined {
  const value = field(annotation, 'fieldValue');
  if (field(annotation, 'subtype') === 'Widget') {
    const name = text(field(annotation, 'alternativeText')) || text(field(annotation, 'fieldName'));
    // Each button of a group bears the value of the group.
    if (field(annotation, 'radioButton') === true && field(annotation, 'buttonValue') !== value)
      return undefined;
    const filled = Array.isArray(value) ? value.map(text).join(', ') : text(value);
    return filled === '' || filled === 'Off' ? undefined : `${name}: ${filled}`;
  }
  const comment = text(field(field(annotation, 'contentsObj'), 'str')).trim();
  // A link tells where it leads, which is no comment.
  return comment === '' || field(annotation, 'subtype') === 'Link' ? undefined : `(comment: ${comment})`;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
