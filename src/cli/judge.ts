import type { Assistant } from '../core/assistant';
import type { RunEvent } from '../core/agent/events';
import type { Reward } from '../core/memory/case';
import type { Host } from './host';

export interface Verdict {
  readonly runId: string;
  readonly reward: Reward;
  readonly reason: string | null;
  readonly lessons: boolean;
}

/** Judges a run, and waits for its lessons, which Ctrl+C gives up. False where it could not be judged. */
export async function judge(
  assistant: Assistant,
  { runId, reward, reason, lessons }: Verdict,
  show: (event: RunEvent) => void,
  host: Host,
): Promise<boolean> {
  const listening = assistant.onDidAppend(show);
  const giveUp = () => assistant.dispose();
  process.once('SIGINT', giveUp);
  try {
    const judged = await assistant.judge(runId, reward, reason, lessons ? { lessons: {} } : {});
    if (!judged.ok) host.complain(judged.fault.message);
    else if (lessons && reward !== null)
      host.complain('Writing lessons of this run; Ctrl+C goes without them.');
    await assistant.lessonsWritten();
    return judged.ok;
  } finally {
    process.removeListener('SIGINT', giveUp);
    listening.dispose();
  }
}
