/**
 * What is known of one case, and what an operation makes of it. Each part is a register in which the latest operation
 * holds, and a purge clears what is older, so that the order of arrival does not matter and twice is once: two
 * processes that have read the same operations know the same. Forgetting has a register of its own, so that a case
 * that is edited or judged elsewhere stays forgotten until somebody restores it.
 */
import type { StoredVector } from '../bank';
import type { Case, Judgement } from '../case';
import type { Operation } from './operation';

export interface Register<T> {
  /** The id of the operation that set it. */
  readonly op: string;
  readonly value: T;
}

export type Verdict = Pick<Case, 'reward' | 'reason' | 'judgedAt'>;
export type CaseContent = Omit<Case, keyof Verdict | 'forgottenAt'>;

export interface CaseState {
  /** The last operation that purged the case: older ones have no effect any more. */
  readonly purged: string | undefined;
  readonly content: Register<CaseContent> | undefined;
  /** Can be known before the content is: segments are read in any order. */
  readonly verdict: Register<Verdict> | undefined;
  readonly forgottenAt: Register<number | null> | undefined;
  /** By encoder. */
  readonly vectors: ReadonlyMap<string, Register<Float32Array>>;
}

export const NOTHING_KNOWN: CaseState = {
  purged: undefined,
  content: undefined,
  verdict: undefined,
  forgottenAt: undefined,
  vectors: new Map(),
};

/** Parts that do not change stay the same objects. */
export function merge(state: CaseState, operation: Operation): CaseState {
  const { id } = operation;
  if (operation.type === 'purge') return purge(state, id);
  if (state.purged !== undefined && id < state.purged) return state;
  switch (operation.type) {
    case 'add':
      return mergeCase(state, id, operation.case, operation.vector);
    case 'embed':
      return withVector(state, id, operation.vector);
    case 'judge':
      return { ...state, verdict: later(state.verdict, id, verdictOf(operation.judgement)) };
    case 'forget':
      return { ...state, forgottenAt: later(state.forgottenAt, id, operation.at) };
    case 'restore':
      return { ...state, forgottenAt: later(state.forgottenAt, id, null) };
  }
}

/** The case as it is shown; undefined where its content is not known. */
export function caseOfState({ content, verdict, forgottenAt }: CaseState): Case | undefined {
  if (!content) return undefined;
  return { ...content.value, ...(verdict?.value ?? UNJUDGED), forgottenAt: forgottenAt?.value ?? null };
}

const UNJUDGED: Verdict = { reward: null, reason: null, judgedAt: null };

const verdictOf = ({ reward, reason, at }: Judgement): Verdict => ({
  reward,
  reason,
  judgedAt: reward === null ? null : at,
});

/** A case that comes judged or forgotten (from an import) sets these registers too, and else leaves them alone. */
function mergeCase(state: CaseState, id: string, record: Case, vector: StoredVector | undefined): CaseState {
  const { reward, reason, judgedAt, forgottenAt, ...content } = record;
  const judged = reward !== null || reason !== null || judgedAt !== null;
  const next: CaseState = {
    ...state,
    content: later(state.content, id, content),
    verdict: judged ? later(state.verdict, id, { reward, reason, judgedAt }) : state.verdict,
    forgottenAt: forgottenAt === null ? state.forgottenAt : later(state.forgottenAt, id, forgottenAt),
  };
  return vector ? withVector(next, id, vector) : next;
}

function withVector(state: CaseState, id: string, { encoder, values }: StoredVector): CaseState {
  const known = state.vectors.get(encoder);
  const vector = later(known, id, values);
  return vector === known ? state : { ...state, vectors: new Map(state.vectors).set(encoder, vector) };
}

function purge(state: CaseState, id: string): CaseState {
  if (state.purged !== undefined && id <= state.purged) return state;
  const kept = [...state.vectors].filter(([, { op }]) => op > id);
  return {
    purged: id,
    content: ifLater(state.content, id),
    verdict: ifLater(state.verdict, id),
    forgottenAt: ifLater(state.forgottenAt, id),
    vectors: kept.length === state.vectors.size ? state.vectors : new Map(kept),
  };
}

const later = <T>(known: Register<T> | undefined, op: string, value: T): Register<T> =>
  known && known.op >= op ? known : { op, value };

const ifLater = <T>(known: Register<T> | undefined, op: string): Register<T> | undefined =>
  known && known.op > op ? known : undefined;
