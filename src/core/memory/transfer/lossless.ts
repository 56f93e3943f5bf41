/**
 * Memento's own format: JSONL whose first line names format and version, then a record a line. Keys stand in
 * alphabetical order, so that the same memory gives the same bytes. A reader of a version refuses later ones.
 */
import * as z from 'zod';
import type { Case } from '../case';
import { POLICY_NAMES } from '../retrieved';
import type { RunRecord } from '../runRecord';
import type { MemoryRecord } from './record';
import { vectorOf, vectorText } from './vectorText';

export const LOSSLESS = 'memento-memory';
export const LOSSLESS_VERSION = 1;

const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'is no ULID');
const time = z.int().min(0).max(8.64e15);
const reward = z.literal([1, 0]).nullable();
const strings = z.array(z.string());
const imported = z.object({ from: z.enum(['memento', 'reward', 'training', 'lossless']), at: time });
const provenance = z.object({
  models: z.object({ planner: z.string(), executor: z.string() }),
  tools: strings,
  retrievedCases: strings,
  usedCases: strings,
  sources: z.array(z.object({ source: z.string(), title: z.string(), hash: z.string().nullable() })),
  imported: imported.exactOptional(),
  duplicateOf: id.exactOptional(),
});
const caseFields = z.object({
  id,
  runId: id,
  question: z.string(),
  plan: z.array(z.object({ id: z.int(), description: z.string(), dependsOn: z.array(z.int()) })),
  answer: z.string(),
  shortAnswer: z.string(),
  outcome: z.enum(['answered', 'abstained', 'exhausted']),
  reward,
  reason: z.string().nullable(),
  createdAt: time,
  judgedAt: time.nullable(),
  pinned: z.boolean(),
  tags: strings,
  lessons: z.array(z.object({ id, text: z.string() })),
  provenance,
});
const vector = z.object({ encoder: z.string().min(1), values: z.string() });

const estimate = z.object({ mean: z.number(), low: z.number(), high: z.number() });
const chosen = z.object({
  caseId: z.string(),
  cosine: z.number().exactOptional(),
  lexical: z.number(),
  similarity: z.number(),
  standing: z.number(),
  label: reward,
  value: z.number(),
  advantage: estimate.nullable(),
  pinned: z.boolean(),
});
const design = z.object({
  control: z.boolean(),
  controlRate: z.number(),
  dropped: z.string().nullable(),
  dropRate: z.number(),
  policyVersion: z.string(),
  seed: z.number(),
});
const decision = z.object({
  policy: z.enum(POLICY_NAMES),
  design,
  eligible: z.boolean(),
  chosen: z.array(chosen),
  excluded: strings.exactOptional(),
  avoided: z.string().nullable(),
  lessons: strings,
  expected: z.number().nullable(),
});
const cost = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  modelCalls: z.number(),
  cost: z.number().nullable(),
  duration: z.number(),
});
const runFields = z.object({
  runId: id,
  at: time,
  question: z.string(),
  vector: vector.exactOptional(),
  outcome: z.enum(['answered', 'abstained', 'exhausted', 'cancelled', 'failed']),
  decision,
  reused: z.string().nullable(),
  imported: z.literal(true).exactOptional(),
  usedCases: strings,
  cost,
});

const caseLine = z.object({ type: z.literal('case'), case: caseFields, vectors: z.array(vector) });
const runLine = z.object({ type: z.literal('run'), run: runFields });
const recordLine = z.discriminatedUnion('type', [caseLine, runLine]);

export interface LosslessRecord {
  readonly record: MemoryRecord;
  /** Fields that this version does not know; they are kept out. */
  readonly unknownFields: number;
  /** Vectors that are none, which are kept out. */
  readonly badVectors: number;
}

/** The first line of a file. */
export const losslessHeader = (): string => JSON.stringify({ format: LOSSLESS, version: LOSSLESS_VERSION });

/**
 * The line of a record. A case does not say that it came by an import of this format: that is true of this memory, not
 * of the case.
 */
export function losslessLine(record: MemoryRecord): string {
  if (record.type === 'run') {
    const { vector: own, ...run } = record.run;
    return inOrder({ type: 'run', run: own ? { ...run, vector: vectorText(own) } : run });
  }
  const vectors = [...record.vectors].sort((a, b) => (a.encoder < b.encoder ? -1 : 1)).map(vectorText);
  return inOrder({ type: 'case', case: withoutOwnMark(record.case), vectors });
}

/** Whether the two say the same, vectors aside: those can be made again. */
export const sayTheSame = (a: MemoryRecord, b: MemoryRecord): boolean =>
  losslessLine(withoutVectors(a)) === losslessLine(withoutVectors(b));

/** The record that a line's JSON value says, or what is wrong with it, as the end of a sentence. */
export function losslessRecord(value: unknown): LosslessRecord | string {
  const read = recordLine.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'is not as expected'}`;
  }
  const line = read.data;
  const unknownFields = unknownIn(value, line);
  if (line.type === 'case') {
    const byEncoder = new Map(line.vectors.map((each) => [each.encoder, vectorOf(each)]));
    const vectors = [...byEncoder.values()].filter((each) => each !== undefined);
    const record: MemoryRecord = { type: 'case', case: { ...line.case, forgottenAt: null }, vectors };
    return { record, unknownFields, badVectors: line.vectors.length - vectors.length };
  }
  const { vector: text, decision: decided, ...run } = line.run;
  const own = text && vectorOf(text);
  const all = decided.chosen.map((each) => ({ ...each, cosine: each.cosine }));
  const record: RunRecord = { ...run, decision: { ...decided, chosen: all }, vector: own };
  return { record: { type: 'run', run: record }, unknownFields, badVectors: text && !own ? 1 : 0 };
}

function withoutOwnMark({ forgottenAt: _, ...record }: Case): Omit<Case, 'forgottenAt'> {
  const { imported: mark, ...rest } = record.provenance;
  return mark?.from === 'lossless' ? { ...record, provenance: rest } : record;
}

const withoutVectors = (record: MemoryRecord): MemoryRecord =>
  record.type === 'case'
    ? { ...record, vectors: [] }
    : { type: 'run', run: { ...record.run, vector: undefined } };

/** How many fields of `value` are not in what was read of it. */
function unknownIn(value: unknown, known: unknown): number {
  if (typeof value !== 'object' || value === null || typeof known !== 'object' || known === null) return 0;
  const of: ReadonlyMap<string, unknown> = new Map(Object.entries(known));
  return Object.entries(value)
    .map(([key, inner]) => (of.has(key) ? unknownIn(inner, of.get(key)) : 1))
    .reduce((sum, count) => sum + count, 0);
}

/** JSON with the keys of every object in alphabetical order. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
