import type { PDFDocumentProxy } from 'unpdf/pdfjs';
import type { Piece } from './textLine';

/** What programs write there by themselves: the name of a file, of a template, of themselves. */
const NO_TITLE =
  /^(?:untitled.*|microsoft word.*|powerpoint presentation|document\d*|.*\.(?:docx?|pptx?|xlsx?|tex|dvi|pdf|indd|qxd|ps|odt|html?))$/i;
const LARGER = 1.2;
const LONGEST = 250;

/** What the properties say, else the largest line on the first page where it stands out. */
export async function titleOf(pdf: PDFDocumentProxy, pieces: readonly Piece[]): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const told: unknown = 'Title' in info ? info.Title : undefined;
  const title = typeof told === 'string' ? told.replace(/\s+/g, ' ').trim() : '';
  return title !== '' && !NO_TITLE.test(title) ? title : largestText(pieces);
}

function largestText(pieces: readonly Piece[]): string | undefined {
  const written = pieces.filter(({ text }) => text.trim() !== '');
  const largest = Math.max(0, ...written.map(({ size }) => size));
  if (largest < LARGER * usualSize(written)) return undefined;
  const text = written
    .filter(({ size }) => size > largest * 0.97)
    .map((piece) => piece.text.trim())
    .join(' ')
    .replace(/\s+/g, ' ');
  return text.length > 3 && text.length <= LONGEST ? text : undefined;
}

/** The size of most characters. */
function usualSize(pieces: readonly Piece[]): number {
  const characters = new Map<number, number>();
  for (const { size, text } of pieces) {
    const rounded = Math.round(size * 2) / 2;
    characters.set(rounded, (characters.get(rounded) ?? 0) + text.length);
  }
  return [...characters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
