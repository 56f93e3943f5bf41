/** Cases, vectors and runs with anything in them that a memory can hold, for property tests. */
import fc from 'fast-check';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case } from '../../src/core/memory/case';
import { POLICY_NAMES } from '../../src/core/memory/retrieved';
import type { RunRecord } from '../../src/core/memory/runRecord';

/** Any text that JavaScript can hold: NUL, halves of surrogate pairs, what NFKC changes. */
export const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    fc.constantFrom('\0', '\ud800', '\udc00', 'ﬁ', "'", '"', '\n', '__proto__'),
  ),
});
export const anyUlid = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
  minLength: 26,
  maxLength: 26,
});
const time = fc.integer({ min: 0, max: 8.64e15 });
const texts = fc.array(anyText, { maxLength: 3 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const reward = fc.constantFrom(1 as const, 0 as const, null);

export const anyPlan = fc.uniqueArray(
  fc.record({ id: fc.nat(99), description: anyText, dependsOn: fc.constant<number[]>([]) }),
  { maxLength: 4, selector: ({ id }) => id },
);

const provenance = fc.record(
  {
    models: fc.record({ planner: anyText, executor: anyText }),
    tools: texts,
    retrievedCases: texts,
    usedCases: texts,
    sources: fc.array(fc.record({ source: anyText, title: anyText, hash: fc.option(anyText) }), {
      maxLength: 3,
    }),
    imported: fc.record({ from: fc.constantFrom('memento' as const, 'training' as const), at: time }),
    duplicateOf: anyUlid,
  },
  { requiredKeys: ['models', 'tools', 'retrievedCases', 'usedCases', 'sources'] },
);

/** Not forgotten. */
export const anyCase: fc.Arbitrary<Case> = fc.record({
  id: anyUlid,
  runId: anyUlid,
  question: anyText,
  plan: anyPlan,
  answer: anyText,
  shortAnswer: anyText,
  outcome: fc.constantFrom('answered' as const, 'abstained' as const, 'exhausted' as const),
  reward,
  reason: fc.option(anyText),
  createdAt: time,
  judgedAt: fc.option(time),
  forgottenAt: fc.constant(null),
  pinned: fc.boolean(),
  tags: texts,
  lessons: fc.array(fc.record({ id: anyUlid, text: anyText }), { maxLength: 3 }),
  provenance,
});

/** Of unit length, or of none. */
export const anyVector = (encoder: string): fc.Arbitrary<StoredVector> =>
  fc
    .array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 5 })
    .filter((values) => values.length === 0 || Math.hypot(...values) > 1e-3)
    .map((values) => ({
      encoder,
      values: Float32Array.from(values, (value) => value / Math.hypot(...values)),
    }));

/** At most one by each of two encoders. */
export const anyVectors: fc.Arbitrary<readonly StoredVector[]> = fc
  .tuple(fc.option(anyVector('first')), fc.option(anyVector('second')))
  .map((vectors) => vectors.filter((vector) => vector !== null));

const chosen = fc.record({
  caseId: anyUlid,
  cosine: fc.option(number, { nil: undefined }),
  lexical: share,
  similarity: share,
  standing: share,
  label: reward,
  value: number,
  advantage: fc.option(fc.record({ mean: number, low: number, high: number })),
  pinned: fc.boolean(),
});

const ownRun: fc.Arbitrary<RunRecord> = fc.record({
  runId: anyUlid,
  at: time,
  question: anyText,
  vector: fc.option(anyVector('first'), { nil: undefined }),
  outcome: fc.constantFrom('answered' as const, 'abstained' as const, 'failed' as const),
  decision: fc.record({
    policy: fc.constantFrom(...POLICY_NAMES),
    design: fc.record({
      control: fc.boolean(),
      controlRate: share,
      dropped: fc.option(anyUlid),
      dropRate: share,
      policyVersion: anyText,
      seed: fc.nat(),
    }),
    eligible: fc.boolean(),
    chosen: fc.array(chosen, { maxLength: 4 }),
    avoided: fc.option(anyUlid),
    lessons: texts,
    expected: fc.option(share),
  }),
  reused: fc.option(anyUlid),
  usedCases: texts,
  cost: fc.record({
    inputTokens: fc.nat(),
    outputTokens: fc.nat(),
    modelCalls: fc.nat(),
    cost: fc.option(share),
    duration: fc.nat(),
  }),
});

export const anyRun: fc.Arbitrary<RunRecord> = fc.oneof(
  ownRun,
  ownRun.map((run) => ({ ...run, imported: true as const })),
);
