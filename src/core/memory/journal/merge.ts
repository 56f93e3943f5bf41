/**
 * What is known of one case, and what an operation makes of it. Each part is a register in which the latest operation
 * holds, and a purge clears what is older, so that the order of arrival does not matter and twice is once: two
 * processes that have read the same operations know the same. Forgetting has a register of its own, so that a case
 * that is edited or judged elsewhere stays forgotten until somebody restores it.
 */
import type { StoredVector } from '../storedVector';
import type { Case, CaseEdit, Judgement } from '../case';
import type { CaseOperation } from './operation';

export interface Register<T> {
  /** The id of the operation that set it. */
  readonly op: string;
  readonly value: T;
}

export type Verdict = Pick<Case, 'reward' | 'reason' | 'judgedAt'>;
export type CaseContent = Omit<Case, keyof Verdict | 'forgottenAt'>;

/** The parts of a case that a person edited after its content was set. */
export type Edits = { readonly [Field in keyof CaseEdit]?: Register<Required<CaseEdit>[Field]> };

export interface CaseState {
  /** The last operation that purged the case: older ones have no effect any more. */
  readonly purged: string | undefined;
  /** With the edits' values. */
  readonly content: Register<CaseContent> | undefined;
  /** Can be known before the content is, like all that follows: segments are read in any order. */
  readonly edits: Edits;
  /** The last operation that edited the question: vectors of before are not the question's. */
  readonly reworded: string | undefined;
  readonly verdict: Register<Verdict> | undefined;
  readonly forgottenAt: Register<number | null> | undefined;
  /** By encoder. */
  readonly vectors: ReadonlyMap<string, Register<Float32Array>>;
}

/** Parts that do not change stay the same objects. */
export function merge(state: CaseState, operation: CaseOperation): CaseState {
  const { id } = operation;
  if (operation.type === 'purge') return purge(state, id);
  if (state.purged !== undefined && id < state.purged) return state;
  switch (operation.type) {
    case 'add':
      return mergeCase(state, id, operation.case, operation.vector);
    case 'embed':
      return withVector(state, id, operation.vector);
    case 'edit':
      return mergeEdit(state, id, operation.changes);
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
  const known = state.content !== undefined && state.content.op >= id;
  const edits = known ? state.edits : editsAfter(state.edits, id);
  const next: CaseState = {
    ...state,
    content: known ? state.content : { op: id, value: { ...content, ...valuesOf(edits) } },
    edits,
    verdict: judged ? later(state.verdict, id, { reward, reason, judgedAt }) : state.verdict,
    forgottenAt: forgottenAt === null ? state.forgottenAt : later(state.forgottenAt, id, forgottenAt),
  };
  return vector ? withVector(next, id, vector) : next;
}

function mergeEdit(state: CaseState, id: string, changes: CaseEdit): CaseState {
  const reworded = changes.question === undefined ? state.reworded : laterOf(state.reworded, id);
  const vectors = reworded === undefined ? state.vectors : vectorsAfter(state.vectors, reworded);
  const next = { ...state, reworded, vectors };
  const { content } = state;
  // An edit that is older than the content has no effect on it.
  if (content !== undefined && content.op >= id) return next;
  const edits = { ...state.edits, ...newest(state.edits, id, changes) };
  return {
    ...next,
    content: content && { ...content, value: { ...content.value, ...valuesOf(edits) } },
    edits,
  };
}

/** The registers that the changes set. */
const newest = (edits: Readonly<Record<string, Register<unknown>>>, id: string, changes: CaseEdit): Edits =>
  Object.fromEntries(
    Object.entries(changes).map(([field, value]) => [field, later(edits[field], id, value)]),
  );

const valuesOf = (edits: Edits): CaseEdit =>
  Object.fromEntries(Object.entries(edits).map(([field, register]) => [field, register.value]));

const editsAfter = (edits: Edits, op: string): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([, register]) => register.op > op));

function vectorsAfter(vectors: CaseState['vectors'], op: string): CaseState['vectors'] {
  const kept = [...vectors].filter(([, register]) => register.op > op);
  return kept.length === vectors.size ? vectors : new Map(kept);
}

function withVector(state: CaseState, id: string, { encoder, values }: StoredVector): CaseState {
  if (state.reworded !== undefined && id < state.reworded) return state;
  const known = state.vectors.get(encoder);
  const vector = later(known, id, values);
  return vector === known ? state : { ...state, vectors: new Map(state.vectors).set(encoder, vector) };
}

function purge(state: CaseState, id: string): CaseState {
  if (state.purged !== undefined && id <= state.purged) return state;
  return {
    purged: id,
    content: ifLater(state.content, id),
    edits: editsAfter(state.edits, id),
    reworded: state.reworded !== undefined && state.reworded > id ? state.reworded : undefined,
    verdict: ifLater(state.verdict, id),
    forgottenAt: ifLater(state.forgottenAt, id),
    vectors: vectorsAfter(state.vectors, id),
  };
}

const laterOf = (a: string | undefined, b: string): string => (a !== undefined && a > b ? a : b);

const later = <T>(known: Register<T> | undefined, op: string, value: T): Register<T> =>
  known && known.op >= op ? known : { op, value };

const ifLater = <T>(known: Register<T> | undefined, op: string): Register<T> | undefined =>
  known && known.op > op ? known : undefined;
