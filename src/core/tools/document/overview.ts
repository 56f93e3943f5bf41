/** What a reader sees first of a document: what it is, how much of it there is, what is where. */
import { formatLocator } from '../../common/locator';
import type { DocumentContent } from '../../ports';
import { countingOf, numberOf, placeOf } from './place';
import { extentOf, sheetsOf, usedRange } from './select';

const MOST_ENTRIES = 80;
const MOST_NOTES = 12;

/** One line about the document, its notes. */
export function headOf(source: string, content: DocumentContent): string {
  const characters = content.parts.reduce((sum, { text }) => sum + text.length, 0);
  const size = `${characters.toLocaleString('en')} characters`;
  const title = content.title === undefined ? '' : ` “${content.title}”`;
  const notes = content.notes.slice(0, MOST_NOTES);
  const more = content.notes.length - notes.length;
  return [
    `${source}:${title} ${content.format}, ${extentOf(content)}, ${size}`,
    ...notes.map((note) => `Note: ${note}`),
    ...(more > 0 ? [`(${more} more notes)`] : []),
  ].join('\n');
}

/** Headings with their places; empty where there are none. */
export function outlineOf(content: DocumentContent): string {
  const entries = sheetsOf(content).length > 0 ? sheetEntries(content) : headingEntries(content);
  if (entries.length < 2) return '';
  const shown = entries.slice(0, MOST_ENTRIES);
  const more = entries.length - shown.length;
  return ['Outline:', ...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

const sheetEntries = (content: DocumentContent): string[] =>
  sheetsOf(content).map((sheet) => {
    const title = content.parts.find((part) => {
      const place = placeOf(part);
      return place.kind === 'range' && place.sheet === sheet;
    })?.title;
    return `- ${title ?? sheet}: ${usedRange(content, sheet)}`;
  });

function headingEntries(content: DocumentContent): string[] {
  const { outline, parts } = content;
  const where = (index: number): string => {
    const part = parts[index];
    if (part === undefined) return '';
    return countingOf(content) === 'sections'
      ? `section ${index + 1}`
      : startOf(formatLocator(placeOf(part)));
  };
  if (outline !== undefined && outline.length > 0) {
    return outline.map(({ level, title, part }) => `${'  '.repeat(level - 1)}- ${title} (${where(part)})`);
  }
  return parts.flatMap((part, i) => {
    if (part.title === '' || part.title === parts[i - 1]?.title) return [];
    const steps = part.title.split(' › ');
    const isSlide = placeOf(part).kind === 'slides';
    const number = isSlide ? numberOf(part, i) : 0;
    return [
      isSlide
        ? `- slide ${number}: ${part.title}`
        : `${'  '.repeat(steps.length - 1)}- ${steps.at(-1) ?? ''} (${where(i)})`,
    ];
  });
}

/** `lines 3-9` -> `line 3`. */
const startOf = (place: string): string => place.replace(/^(\w+?)s (\d+)-\d+$/, '$1 $2');
