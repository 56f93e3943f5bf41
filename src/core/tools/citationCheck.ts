/** The check of an answer's citations; its parts are in citations/. */
import type { Evidence, Locator } from './evidence';
import type { Citation, MarkCheck } from './citations/citation';
import { type CheckedMark, checkMarks } from './citations/checkMarks';

export type { Citation, CitationVerdict, ClaimCheck, MarkCheck } from './citations/citation';
export { standsIn } from './citations/quotation';

const EXCERPT = 200;

/**
 * The citations of an answer, one a piece of evidence, numbered in order of appearance. Each mark is checked with the
 * claim it vouches for; the citation has the verdict of its weakest mark, so that a false one is seen. A mark that names
 * no evidence of this run is kept and stays `unverified`. No model is asked: see citations/entailment.ts.
 */
export function checkCitations(
  answer: string,
  lookUp: (id: string) => Evidence | undefined,
): readonly Citation[] {
  return citationsOf(checkMarks(answer, lookUp), lookUp);
}

export function citationsOf(
  checked: readonly CheckedMark[],
  lookUp: (id: string) => Evidence | undefined,
): readonly Citation[] {
  const ids = [...new Set(checked.map(({ id }) => id))];
  return ids.map((id, index) => {
    const marks = checked.filter((mark) => mark.id === id).map(({ id: _, misquoted: __, ...mark }) => mark);
    return cite(index + 1, id, marks, lookUp(id));
  });
}

function cite(n: number, id: string, marks: readonly MarkCheck[], evidence: Evidence | undefined): Citation {
  const weakest = marks.reduce((a, b) => (strength(b) < strength(a) ? b : a));
  const { verdict, claim, quoteFound } = weakest;
  const facets = { n, evidence: id, verdict, claim, quoteFound, marks };
  if (!evidence) {
    return { ...facets, source: '', title: 'No such evidence', locator: { kind: 'output' }, quote: '' };
  }
  const { source, title, readAt, text } = evidence;
  const quote = weakest.passage || marks.find(({ passage }) => passage !== '')?.passage || excerpt(text);
  return { ...facets, source, title, readAt, locator: united(marks, evidence.locator), quote };
}

/** From what its source contradicts to what was quoted and checked. */
export function strength({ verdict, claim, quoteFound }: MarkCheck): number {
  if (claim === 'contradicted') return 0;
  if (verdict === 'unverified') return 1;
  if (verdict === 'quoted' && claim !== 'supported') return 2;
  if (verdict === 'entailed') return 3;
  return quoteFound ? 5 : 4;
}

/** From the first line that a mark stands on to the last. */
function united(marks: readonly MarkCheck[], whole: Locator): Locator {
  const spans = marks.flatMap(({ locator, passage }) =>
    passage !== '' && locator.kind === 'lines' ? [locator] : [],
  );
  if (spans.length === 0) return marks.length === 1 ? (marks[0]?.locator ?? whole) : whole;
  return {
    kind: 'lines',
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  };
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1)}…`;
}
