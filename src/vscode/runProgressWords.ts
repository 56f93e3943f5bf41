import * as l10n from '@vscode/l10n';
import type { RunProgress } from '../core/agent/runProgress';
import { formatElapsed } from './formats';

/** `task 2 of 4, 35 s`, `waits for you, 2.0 min` */
export function progressWords(progress: RunProgress, now: number): string {
  const { startedAt } = progress;
  const state = stateWords(progress);
  return startedAt === 0 ? state : l10n.t('{0}, {1}', state, formatElapsed(Math.max(1000, now - startedAt)));
}

function stateWords({ open, done, waitsFor }: RunProgress): string {
  const total = done + open.size;
  if (waitsFor.size > 0) return l10n.t('waits for you');
  return total === 0 ? l10n.t('running') : l10n.t('task {0} of {1}', Math.min(done + 1, total), total);
}
