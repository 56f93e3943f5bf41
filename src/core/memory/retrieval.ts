/** Reading the case memory for a question: the retrieval policy μ(c|s,M) of the paper, and the offer to reuse. */
import { isAbortError } from '../common/abort';
import { messageOf } from '../common/result';
import { normalise } from '../common/text';
import type { Encoder } from '../ports';
import type { Candidate, CaseBank, StoredVector } from './bank';
import type { Case } from './case';
import type { Design, PolicyName, RetrievedCase, ShownCase } from './retrieved';
import { chooseBySimilarity, type Choice } from './selection';

export interface Retrieval {
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly question: string;
  readonly policy: PolicyName;
  /** How many examples may be shown: a ceiling. */
  readonly k: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** The sources of a case's answer that are no longer as they were; asked only for cases that are listed. */
  changedSources(record: Case): Promise<readonly string[]>;
}

export interface Notice {
  readonly code: string;
  /** One sentence for a person. */
  readonly message: string;
}

export interface Retrieved {
  readonly policy: PolicyName;
  /** Every case that is listed for the user, examples first. */
  readonly cases: readonly RetrievedCase[];
  /** Those of them that the planner is shown. */
  readonly shown: readonly ShownCase[];
  /** All that were considered, best first. */
  readonly candidates: readonly {
    readonly caseId: string;
    readonly similarity: number;
    readonly value: number | null;
  }[];
  readonly design: Design;
  /** The newest accepted case of the same question, whose answer can be reused. */
  readonly reuse: Case | undefined;
  readonly notices: readonly Notice[];
}

/** Twenty by the embedding and twenty by BM25. */
const MOST_CANDIDATES = 40;

const design = (policyVersion: string): Design => ({
  control: false,
  controlRate: 0,
  dropped: null,
  dropRate: 0,
  policyVersion,
  seed: 0,
});

const MEMORY_OFF: Notice = {
  code: 'memory-off',
  message: 'The retrieval policy is “none”: past cases are not looked up for this question.',
};
const MATCHED_BY_WORDS: Notice = {
  code: 'matched-by-words',
  message: 'This question is matched with past ones by words only: the built-in encoder reads English.',
};

/**
 * The cases for a question. Rejects with the reason of an aborted signal, and as the bank does; an encoder that fails
 * costs only the vectors, and a notice says so.
 */
export async function retrieveCases(retrieval: Retrieval): Promise<Retrieved> {
  const { bank, question, policy, k, now, signal } = retrieval;
  signal.throwIfAborted();
  if (policy === 'none') {
    const nothing = { cases: [], shown: [], candidates: [], reuse: undefined };
    return { ...nothing, policy, design: design('none/1'), notices: [MEMORY_OFF] };
  }
  const { vector, notices } = await readQuestion(retrieval);
  const candidates = await bank.candidates(question, vector, MOST_CANDIDATES);
  signal.throwIfAborted();
  const choices = chooseBySimilarity(candidates, k, now);
  const cases = await Promise.all(choices.map((choice) => listed(choice, retrieval)));
  signal.throwIfAborted();
  return {
    policy,
    cases,
    shown: choices.flatMap(shownCase),
    candidates: candidates.map(({ case: { id }, similarity }) => ({ caseId: id, similarity, value: null })),
    design: design('similarity/1'),
    reuse: reusable(question, candidates),
    // With nothing to match there is nothing to explain.
    notices: candidates.length > 0 || (await bank.counts()).total > 0 ? notices : [],
  };
}

/** The vector of a text as a bank keeps it, undefined where the encoder cannot read the text. Rejects as it does. */
export async function storedVector(
  encoder: Encoder,
  text: string,
  signal?: AbortSignal,
): Promise<StoredVector | undefined> {
  if (text.trim() === '') return undefined;
  const [values] = await encoder.encode([text], signal);
  return values && { encoder: encoder.id, values };
}

/** True where two questions differ in nothing but case, spaces and the form of quotes and dashes. */
export const sameQuestion = (a: string, b: string): boolean => normalise(a) === normalise(b);

async function readQuestion({ encoder, question, signal }: Retrieval): Promise<{
  vector: StoredVector | undefined;
  notices: readonly Notice[];
}> {
  try {
    const vector = await storedVector(encoder, question, signal);
    return { vector, notices: vector ? [] : [MATCHED_BY_WORDS] };
  } catch (error) {
    if (signal.aborted || isAbortError(error)) throw error;
    const message = `Past questions are matched by words only, as the encoder failed: ${messageOf(error)}`;
    return { vector: undefined, notices: [{ code: 'encoder-failed', message }] };
  }
}

async function listed({ candidate, use, why }: Choice, retrieval: Retrieval): Promise<RetrievedCase> {
  const { id, runId, question, reward, reason } = candidate.case;
  const changed = await retrieval.changedSources(candidate.case);
  const sources = changed.length === 1 ? 'One of its sources has' : `${changed.length} of its sources have`;
  return {
    caseId: id,
    sourceRunId: runId,
    question,
    similarity: candidate.similarity,
    value: null,
    reward,
    reason,
    why: changed.length === 0 ? why : `${why} ${sources} changed since.`,
    use,
    changedSources: changed,
  };
}

const shownCase = ({ candidate, use }: Choice): ShownCase[] =>
  use === 'withheld' ? [] : [{ case: candidate.case, similarity: candidate.similarity, use }];

/** That the files did not answer a question may have changed since, so an accepted abstention is not offered. */
function reusable(question: string, candidates: readonly Candidate[]): Case | undefined {
  return candidates
    .map((candidate) => candidate.case)
    .filter(
      (past) => past.reward === 1 && past.outcome !== 'abstained' && sameQuestion(past.question, question),
    )
    .reduce<Case | undefined>(
      (newest, next) => (newest !== undefined && newest.createdAt >= next.createdAt ? newest : next),
      undefined,
    );
}
