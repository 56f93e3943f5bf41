/** PDF, by pdf.js: a part for each page. */
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'unpdf/pdfjs';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentPart, ImageInput } from '../../core/ports';
import { baseName, type Source } from '../source';
import { CharacterMaps } from './characterMaps';
import { joinHyphens, wordsOf } from './hyphens';
import { bookmarksOf, headingsOf } from './outline';
import { readPage } from './page';
import { picturesOf } from './pagePictures';
import { pageText } from './pageText';
import { titleOf } from './title';

export function readPdf(source: Source): Promise<Result<DocumentContent>> {
  return withPdf(source, async (pdf, maps) => ok(await read(pdf, maps, source)));
}

/** @param number of the page */
export function readPdfPictures(source: Source, number: number): Promise<Result<readonly ImageInput[]>> {
  return withPdf(source, async (pdf) => {
    if (number < 1 || number > pdf.numPages) return failed('not-found', `It has no page ${number}.`);
    return picturesOf(await pdf.getPage(number));
  });
}

async function withPdf<T>(
  source: Source,
  use: (pdf: PDFDocumentProxy, maps: CharacterMaps) => Promise<Result<T>>,
): Promise<Result<T>> {
  const maps = new CharacterMaps(source.characterMaps);
  const task = getDocument({
    // It takes the bytes over, and takes no Buffer.
    data: new Uint8Array(source.bytes),
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    // Any name does: the factory knows where they are.
    cMapUrl: 'cmaps/',
    BinaryDataFactory: maps.factory,
  });
  try {
    return await use(await task.promise, maps);
  } catch (error) {
    source.signal?.throwIfAborted();
    return isPasswordNeeded(error)
      ? failed(
          'unsupported',
          `${baseName(source.name)} is protected with a password: it cannot be read here. Save a copy without one.`,
        )
      : failed('bad-reply', `${baseName(source.name)} is a broken PDF: ${messageOf(error)}`);
  } finally {
    await task.destroy();
  }
}

const isPasswordNeeded = (error: unknown): boolean =>
  error instanceof Error && error.name === 'PasswordException';

async function read(
  pdf: PDFDocumentProxy,
  { missing }: CharacterMaps,
  source: Source,
): Promise<DocumentContent> {
  const bookmarks = await bookmarksOf(pdf);
  const texts: string[] = [];
  const extras: (readonly string[])[] = [];
  const damaged: number[] = [];
  let title: string | undefined;
  for (let number = 1; number <= pdf.numPages; number++) {
    source.signal?.throwIfAborted();
    try {
      const page = await pdf.getPage(number);
      const { groups, annotations } = await readPage(page);
      if (number === 1) title = await titleOf(pdf, groups[0] ?? []);
      texts.push(pageText(groups));
      extras.push(annotations);
      page.cleanup();
    } catch (error) {
      source.signal?.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      // One page that is damaged does not cost the others.
      damaged.push(number);
      texts.push('');
      extras.push([]);
    }
  }
  const words = wordsOf(texts);
  const parts = texts.map((text, i): DocumentPart => {
    const whole = [joinHyphens(text, words), ...(extras[i] ?? [])]
      .filter((piece) => piece !== '')
      .join('\n\n');
    return {
      locator: { kind: 'pages', start: i + 1, end: i + 1 },
      title: headingsOf(bookmarks, i + 1).join(' › '),
      text: whole,
      ...(whole === '' ? { picture: i + 1 } : {}),
    };
  });
  const outline = bookmarks.map(({ level, title: heading, page }) => ({
    level,
    title: heading,
    part: page - 1,
  }));
  const notes = [
    ...emptyPages(parts, damaged),
    ...lostCharacters([...missing]),
    ...(await printedNumbers(pdf)),
  ];
  return { format: 'pdf', title, parts, outline, notes };
}

function emptyPages(parts: readonly DocumentPart[], damaged: readonly number[]): string[] {
  const numbers = (wanted: (part: DocumentPart) => boolean) =>
    parts.flatMap((part, i) => (wanted(part) && !damaged.includes(i + 1) ? [i + 1] : []));
  const empty = numbers(({ text }) => text.trim() === '');
  const unreadable = numbers(({ text }) => isUnreadable(text));
  const notes: string[] = [];
  if (empty.length > 0) {
    notes.push(
      empty.length === parts.length
        ? 'No page has text: they are pictures, perhaps scanned, or blank.'
        : `No text on ${pagesInWords(empty)}: a picture, perhaps scanned, or blank.`,
    );
  }
  if (unreadable.length > 0) {
    notes.push(
      `The fonts of ${pagesInWords(unreadable)} do not say which characters they show, so the text is not readable.`,
    );
  }
  if (damaged.length > 0) notes.push(`Damaged and not read: ${pagesInWords(damaged)}.`);
  return notes;
}

const lostCharacters = (maps: readonly string[]): string[] =>
  maps.length === 0
    ? []
    : [
        `Text is missing where a font names its characters by a map that is not known here: ${maps.join(', ')}.`,
      ];

/** More than a fifth of the characters are private, control or replacement characters. */
function isUnreadable(text: string): boolean {
  const odd = text.match(/[\p{Co}\ufffd\u0001-\u0008\u000e-\u001f]/gu)?.length ?? 0;
  return odd * 5 > text.length && text !== '';
}

/** `pages 2-4, 7`. */
function pagesInWords(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else spans.push([number, number]);
  }
  const words = spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
  return numbers.length === 1 ? `page ${words}` : `pages ${words}`;
}

/** A sentence where what is printed on the pages is not their count. */
async function printedNumbers(pdf: PDFDocumentProxy): Promise<string[]> {
  const labels = await pdf.getPageLabels().catch(() => null);
  const first = labels?.findIndex((label, i) => label !== '' && label !== String(i + 1)) ?? -1;
  if (labels === null || first < 0) return [];
  const one = labels.indexOf('1');
  const examples = [...new Set([first, ...(one > 0 ? [one] : [])])].map(
    (i) => `page ${i + 1} is printed “${labels[i] ?? ''}”`,
  );
  return [`Pages are counted from the first; the printed numbers differ: ${examples.join(', ')}.`];
}
