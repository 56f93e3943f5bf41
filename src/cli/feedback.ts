import type { RunEvent } from '../core/agent/events';
import { createAssistant } from '../core/assistant';
import type { Command } from './arguments';
import type { Host } from './host';
import { judge } from './judge';
import { open, placeOfRun } from './open';
import { feedbackLine, lessonLines } from './screen';

const REWARDS = { accept: 1, reject: 0, withdraw: null } as const;

/** Rewards the memory for a run of this folder, or of any other folder of this user. */
export async function feedback(command: Extract<Command, { name: 'feedback' }>, host: Host): Promise<number> {
  const opened = await open(await placeOfRun(command), host);
  try {
    const assistant = createAssistant(opened.ports);
    const show = (event: RunEvent) => {
      if (command.json) host.write(`${JSON.stringify(event)}\n`);
      else if (event.type === 'feedback.given') host.write(`${feedbackLine(event.reward, event.reason)}\n`);
      else if (event.type === 'lessons.learned') host.write(`${lessonLines(event).join('\n')}\n`);
    };
    const { runId, verdict, reason, lessons } = command;
    const judgement = { runId, reward: REWARDS[verdict], reason: reason ?? null, lessons };
    return (await judge(assistant, judgement, show, host)) ? 0 : 1;
  } finally {
    await opened.close();
  }
}
