/** A run that has ended as other agents see it. */
import { numberMarks } from '../agent/citationMarks';
import type { Outcome } from '../agent/events';
import type { RunState } from '../agent/runState';
import { oneLine } from '../common/oneLine';
import { formatSource } from '../tools/evidence';

/** Characters. */
export const LONGEST_QUESTION = 20_000;

export interface ServedAnswer {
  readonly runId: string;
  readonly outcome: Outcome;
  /** Markdown; [1] is the first of the citations. */
  readonly answer: string;
  readonly shortAnswer: string;
  readonly citations: readonly {
    readonly n: number;
    /** Where it stands: a file with its lines, a page, an address. */
    readonly source: string;
    readonly title: string;
    readonly quote: string;
    /** What was checked, as `Citation.verdict`. */
    readonly verdict: string;
  }[];
  readonly notices: readonly string[];
  readonly error: string | null;
}

export function servedAnswer(state: RunState): ServedAnswer {
  const citations = (state.citations ?? []).map(({ n, source, locator, title, quote, verdict }) => ({
    n,
    source: source === '' ? '' : formatSource(source, locator),
    title,
    quote,
    verdict,
  }));
  return {
    runId: state.runId,
    outcome: state.outcome ?? 'failed',
    answer: numberMarks(state),
    shortAnswer: state.shortAnswer,
    citations,
    notices: state.notices.map(({ message }) => message),
    error: state.error?.message ?? null,
  };
}

/** Without an answer that anybody could use. */
export const isWithoutAnswer = ({ outcome }: Pick<ServedAnswer, 'outcome'>): boolean =>
  outcome === 'failed' || outcome === 'cancelled';

export function servedAnswerText({ runId, outcome, answer, citations, error }: ServedAnswer): string {
  const sources = citations.map(
    ({ n, source, title, quote, verdict }) =>
      `[${n}] ${source || title} (${verdict}): “${oneLine(quote, 300)}”`,
  );
  return [
    ...(answer === '' ? [] : [answer]),
    ...(sources.length > 0 ? [`Sources\n${sources.join('\n')}`] : []),
    ...(error === null ? [] : [error]),
    `${outcome}, run ${runId}`,
  ].join('\n\n');
}
