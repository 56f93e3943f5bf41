/** How the places in a document are counted, so that a reader can ask for some of them. */
import type { Locator } from '../../common/locator';
import type { DocumentContent, DocumentPart } from '../../ports';

/** What numbers in `pages` count. */
export type Counting = 'pages' | 'slides' | 'cells' | 'sections' | 'lines' | 'rows';

/** The place inside an archive's entry. */
export const placeOf = ({ locator }: DocumentPart): Locator => {
  let at = locator;
  while (at.kind === 'entry') at = at.at;
  return at;
};

/** The locator with another place in the same entry. */
export const movedTo = (locator: Locator, at: Locator): Locator =>
  locator.kind === 'entry' ? { ...locator, at: movedTo(locator.at, at) } : at;

export function countingOf({ parts }: DocumentContent): Counting {
  const [first] = parts;
  switch (first === undefined ? undefined : placeOf(first).kind) {
    case 'pages':
      return 'pages';
    case 'slides':
      return 'slides';
    case 'cells':
      return 'cells';
    case 'lines':
      return 'lines';
    case 'range':
      return 'rows';
    default:
      return 'sections';
  }
}

/** The number by which a part is asked for; sections are counted in their order. */
export function numberOf(part: DocumentPart, index: number): number {
  const place = placeOf(part);
  return place.kind === 'pages' || place.kind === 'slides' || place.kind === 'cells'
    ? place.start
    : index + 1;
}

export const ONE: Readonly<Record<Counting, string>> = {
  pages: 'page',
  slides: 'slide',
  cells: 'cell',
  sections: 'section',
  lines: 'line',
  rows: 'row',
};

/** `1 page`, `3 slides`. */
export const counted = (count: number, counting: Counting): string =>
  `${count.toLocaleString('en')} ${count === 1 ? ONE[counting] : counting}`;
