/** What the check of a citation found, in words for a person: of the terminal and of exports. The panel has its language. */
import type { Citation, MarkCheck, OfferedSource } from './events';

/** In the order in which they are told. */
export type CitationFinding = 'contradicted' | 'quoteFound' | 'supported' | 'unverified';

type Checked =
  Pick<Citation, 'verdict' | 'claim' | 'quoteFound'> | Pick<MarkCheck, 'verdict' | 'claim' | 'quoteFound'>;

/** A quotation that was found says nothing of the claim around it: each is told by itself. */
export function findingsOf({ verdict, claim, quoteFound }: Checked): readonly CitationFinding[] {
  if (claim === undefined) return [ofOlderLog(verdict)];
  if (claim === 'contradicted') return ['contradicted'];
  const found: CitationFinding[] = [
    ...(quoteFound ? (['quoteFound'] as const) : []),
    ...(claim === 'supported' ? (['supported'] as const) : []),
  ];
  return found.length > 0 ? found : ['unverified'];
}

/** Before claims had a check of their own. */
function ofOlderLog(verdict: Citation['verdict']): CitationFinding {
  if (verdict === 'unverified') return 'unverified';
  return verdict === 'quoted' ? 'quoteFound' : 'supported';
}

const FINDING_WORDS: Readonly<Record<CitationFinding, string>> = {
  contradicted: 'contradicted by its source',
  quoteFound: 'quote found',
  supported: 'claim supported',
  unverified: 'not verified',
};

/** `quote found, claim supported` */
export const checkWords = (checked: Checked): string =>
  findingsOf(checked)
    .map((finding) => FINDING_WORDS[finding])
    .join(', ');

/** What a model said, and not the words of the source alone. */
export const isByModel = ({ verdict }: Pick<Citation, 'verdict'>): boolean => verdict === 'entailed';

/** `2026-05-04`: the day on which a web page was read, in UTC; empty for what does not change by itself. */
export const readDay = ({ source, readAt }: Pick<Citation, 'source' | 'readAt'>): string =>
  readAt !== undefined && readAt > 0 && /^https?:/i.test(source)
    ? new Date(readAt).toISOString().slice(0, 10)
    : '';

/** How the sources of an earlier answer are now: `changed since: a.md; not checked: https://…`. */
export function offeredWords(sources: readonly OfferedSource[]): string {
  const names = (some: readonly OfferedSource[]) => some.map(({ source }) => source).join(', ');
  const [changed, unchecked] = [
    sources.filter((each) => each.changed),
    sources.filter((each) => each.unchecked),
  ];
  const compared = sources.length - unchecked.length;
  const parts = [
    ...(changed.length > 0 ? [`changed since: ${names(changed)}`] : []),
    ...(changed.length === 0 && compared > 0
      ? [unchecked.length > 0 ? 'its files are unchanged' : 'all its sources are unchanged']
      : []),
    ...(unchecked.length > 0 ? [`not checked: ${names(unchecked)}`] : []),
  ];
  return parts.length === 0 ? 'it has no sources that can be checked' : parts.join('; ');
}
