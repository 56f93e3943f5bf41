/** The rows of the table: the product's policies, and what bounds them. */
import type { QuestionFeatures, RetrievalPolicy } from '../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../src/core/memory/runRecord';
import { LearnedPolicy } from '../../src/core/memory/policy/learned';
import { PaperPolicy } from '../../src/core/memory/policy/paper';
import { acceptedOnly, similarityPolicy } from '../../src/core/memory/policy/similarityPolicy';
import { DEFAULT_PRIOR } from '../../src/core/memory/policy/slatePrior';
import { MemrlPolicy } from './memrl';
import { simulate, type Setting } from './simulate';

export const ROWS = [
  'none',
  'similarity',
  'accepted only',
  'MemRL',
  'paper',
  'learned',
  'told kinds',
  'oracle',
] as const;
export type RowName = (typeof ROWS)[number];

/** The probability of success of each run; undefined where the row cannot be had of this world. */
export function successes(row: RowName, setting: Setting): readonly number[] | undefined {
  const { world, floor, means } = setting;
  switch (row) {
    case 'none':
      return simulate(setting, { choice: () => [] });
    case 'oracle':
      return simulate(setting, { choice: (t) => world.oracle(t) });
    case 'similarity':
      return simulate(setting, { policy: similarityPolicy(() => true, floor) });
    case 'accepted only':
      return simulate(setting, { policy: similarityPolicy(acceptedOnly, floor) });
    case 'MemRL':
      return simulate(setting, { policy: new MemrlPolicy(floor) });
    case 'paper':
      return simulate(setting, { policy: new PaperPolicy({ floor, means }) });
    case 'learned':
      return simulate(setting, { policy: learned(setting) });
    case 'told kinds':
      return told(setting);
  }
}

function learned({ floor, means }: Setting): RetrievalPolicy {
  return new LearnedPolicy({ prior: { ...DEFAULT_PRIOR, floor }, means });
}

/** The learned policy where the encoder sees the hidden kinds and nothing else. */
function told(setting: Setting): readonly number[] | undefined {
  const { hidden } = setting.world;
  if (hidden === undefined) return undefined;
  const questions = setting.questions.map((question, t): QuestionFeatures => {
    const values = Float32Array.from({ length: hidden.count }, (_, kind) =>
      kind === hidden.questions[t] ? 1 : 0,
    );
    return { ...question, vector: { encoder: 'told', values } };
  });
  const ranked = setting.ranked.map((cases, t) =>
    cases
      .map((each): CaseFeatures => {
        const same = hidden.cases[Number(each.caseId)] === hidden.questions[t] ? 1 : 0;
        return { ...each, cosine: same, similarity: same, standing: same };
      })
      .sort((a, b) => b.similarity - a.similarity),
  );
  const seen = { ...setting, questions, ranked, floor: DEFAULT_PRIOR.floor };
  return simulate(seen, { policy: learned(seen) });
}
