/** The memory's part of a run: the question is encoded, the memory decides, and the user is told. */
import { isAbortError } from '../common/abort';
import { messageOf } from '../common/result';
import type { Encoder } from '../ports';
import type { CaseBank, Decision, ListedCase } from './bank';
import type { StoredVector } from './storedVector';
import type { Case } from './case';
import type { CoinRates } from './policy/coins';
import type { PolicyName, RetrievedCase, ShownCase } from './retrieved';
import type { DecisionRecord } from './runRecord';

export interface Retrieval {
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly runId: string;
  readonly question: string;
  readonly policy: PolicyName;
  /** How many examples may be shown: a ceiling. */
  readonly k: number;
  /** Of the memory experiment. */
  readonly rates: CoinRates;
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
  /** Every case that is listed for the user, examples first. */
  readonly cases: readonly RetrievedCase[];
  /** Those of them that the planner is shown. */
  readonly shown: readonly ShownCase[];
  readonly candidates: Decision['candidates'];
  readonly whyNone: string;
  readonly reuse: Case | undefined;
  readonly notices: readonly Notice[];
  /** For the run's record. */
  readonly decision: DecisionRecord;
  readonly vector: StoredVector | undefined;
}

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
  const { bank, runId, question, policy, k, rates, now, signal } = retrieval;
  signal.throwIfAborted();
  if (policy === 'none') return nothing(MEMORY_OFF);
  const { vector, notices } = await readQuestion(retrieval);
  const decision = await bank.decide({ runId, question, vector, policy, k, rates, now });
  signal.throwIfAborted();
  const cases = await Promise.all(decision.listed.map((each) => listed(each, retrieval)));
  signal.throwIfAborted();
  const { candidates, whyNone, reuse, record } = decision;
  return {
    cases,
    shown: decision.listed.flatMap(shownCase),
    candidates,
    whyNone: candidates.length === 0 ? '' : whyNone,
    // A control is a run without memory; the offer would be memory, and tell.
    reuse: record.design.control ? undefined : reuse,
    // With nothing to match there is nothing to explain.
    notices: candidates.length > 0 || (await bank.counts()).total > 0 ? notices : [],
    decision: record,
    vector,
  };
}

/** Of a run without memory. */
export const NO_DECISION: DecisionRecord = {
  policy: 'none',
  design: {
    control: false,
    controlRate: 0,
    dropped: null,
    dropRate: 0,
    policyVersion: 'none/1',
    seed: 0,
  },
  eligible: false,
  chosen: [],
  avoided: null,
  lessons: [],
  expected: null,
};

/** What a run without memory has retrieved. */
export function nothing(notice: Notice): Retrieved {
  return {
    cases: [],
    shown: [],
    candidates: [],
    whyNone: '',
    reuse: undefined,
    notices: [notice],
    decision: NO_DECISION,
    vector: undefined,
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

async function listed(found: ListedCase, retrieval: Retrieval): Promise<RetrievedCase> {
  const { id, runId, question, reward, reason, pinned } = found.case;
  const { similarity, value, advantage, use, why } = found;
  const changed = await retrieval.changedSources(found.case);
  const sources = changed.length === 1 ? 'One of its sources has' : `${changed.length} of its sources have`;
  return {
    caseId: id,
    sourceRunId: runId,
    question,
    similarity,
    value,
    advantage,
    reward,
    reason,
    why: changed.length === 0 ? why : `${why} ${sources} changed since.`,
    use,
    pinned,
    changedSources: changed,
    // Also where the coins withhold the case: nobody is to tell a control before it is judged.
    lessons: use === 'withheld' ? [] : found.lessons.map(({ text }) => text),
  };
}

const shownCase = ({ case: record, similarity, use, shown, lessons }: ListedCase): ShownCase[] =>
  shown && use !== 'withheld' ? [{ case: record, similarity, use, lessons }] : [];
