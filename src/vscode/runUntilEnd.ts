/** A run that somebody outside its panel waits for. */
import type * as vscode from 'vscode';
import type { RunEvent } from '../core/agent/events';
import type { Run } from '../core/agent/run';
import { foldOn, initialRunState, type RunState } from '../core/agent/runState';

/**
 * Stops with the token.
 * @param onEvent called with each event and the state that it led to, which goes on with the next one
 * @returns the state at the end
 */
export async function runUntilEnd(
  run: Run,
  token: vscode.CancellationToken,
  onEvent: (event: RunEvent, state: RunState) => void,
): Promise<RunState> {
  const cancelling = token.onCancellationRequested(() => run.cancel());
  if (token.isCancellationRequested) run.cancel();
  let state = initialRunState;
  try {
    for await (const event of run.events) {
      state = foldOn(state, [event]);
      onEvent(event, state);
    }
  } finally {
    cancelling.dispose();
  }
  return state;
}
