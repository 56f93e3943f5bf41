import type { RunState } from './runStateShape';

/**
 * What the coins of the memory experiment did in this run, in one sentence for the user; undefined for nothing, and
 * before the run is judged: who knows that an answer is a control's judges it otherwise.
 */
export function experimentNote({ feedback, design, cases }: RunState): string | undefined {
  if (feedback === null || design === null) return undefined;
  if (design.control) {
    return 'This run was a control: by chance, the planner was shown no past cases. The memory report compares such runs with the others.';
  }
  const dropped = cases?.find(({ caseId }) => caseId === design.dropped);
  return dropped && `By chance, the planner was not shown “${dropped.question}”, to learn whether it helps.`;
}
