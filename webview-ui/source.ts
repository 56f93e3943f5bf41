/** Where a piece of evidence stands and how well a citation of it was checked, in words. */
import type { Citation, CitationVerdict } from '../src/core/agent/events';
import type { IconName } from './views/Icon';

export type Place = Pick<Citation, 'source' | 'locator'>;

/** `notes/a.md:3-5`, as an editor writes it. */
export function shortPlace({ source, locator }: Place): string {
  if (locator.kind === 'output') return source;
  // A page has no such address: the lines are those of its text.
  return isWebAddress(source) ? `${source} (lines ${lineRange(locator)})` : `${source}:${lineRange(locator)}`;
}

/** `notes/a.md lines 3-5`, as it is read aloud. */
export function spokenPlace({ source, locator }: Place): string {
  if (locator.kind === 'output') return `output of ${source}`;
  return `${source} ${locator.start === locator.end ? 'line' : 'lines'} ${lineRange(locator)}`;
}

const isWebAddress = (source: string): boolean => /^https?:/i.test(source);

function lineRange({ start, end }: { readonly start: number; readonly end: number }): string {
  return start === end ? String(start) : `${start}-${end}`;
}

export const VERDICTS: Readonly<
  Record<CitationVerdict, { readonly words: string; readonly icon: IconName }>
> = {
  quoted: { words: 'quote found', icon: 'verified' },
  aligned: { words: 'sentence aligned', icon: 'pass' },
  entailed: { words: 'claim supported', icon: 'pass' },
  unverified: { words: 'not verified', icon: 'unverified' },
};
