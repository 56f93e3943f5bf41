import type { Locator } from '../../common/locator';
import type { Range } from './quotation';

/** The lines on which the ranges of the text stand, within those of the evidence; the same locator where it has none. */
export function narrowed(locator: Locator, text: string, ranges: readonly Range[]): Locator {
  if (ranges.length === 0) return locator;
  if (locator.kind === 'entry') return { ...locator, at: narrowed(locator.at, text, ranges) };
  if (locator.kind !== 'lines') return locator;
  const lineAt = (offset: number) => locator.start + text.slice(0, offset).split('\n').length - 1;
  return {
    kind: 'lines',
    start: Math.min(...ranges.map(({ start }) => lineAt(start))),
    end: Math.max(...ranges.map(({ start, end }) => lineAt(Math.max(start, end - 1)))),
  };
}
