import { createAssistant } from '../core/assistant';
import { findRun } from '../node/project';
import type { Command, Place } from './arguments';
import type { Host } from './host';
import { open, userData } from './open';
import { feedbackLine } from './screen';

const REWARDS = { accept: 1, reject: 0, withdraw: null } as const;

/** Rewards the memory for a run of this folder, or of any other folder of this user. */
export async function feedback(command: Extract<Command, { name: 'feedback' }>, host: Host): Promise<number> {
  const opened = await open(await placeOf(command), host.dist);
  try {
    const assistant = createAssistant(opened.ports);
    const listening = assistant.onDidJudge((event) => {
      if (command.json) host.write(`${JSON.stringify(event)}\n`);
      else if (event.type === 'feedback.given') host.write(`${feedbackLine(event.reward, event.reason)}\n`);
    });
    const judged = await assistant.judge(command.runId, REWARDS[command.verdict], command.reason ?? null);
    listening.dispose();
    if (judged.ok) return 0;
    host.complain(judged.fault.message);
    return 1;
  } finally {
    await opened.close();
  }
}

/** A run's id is enough: where the folder is not named, its memory is looked for by the run. */
async function placeOf(command: Place & { readonly runId: string }): Promise<Place> {
  if (command.storage !== undefined || command.workspace !== undefined) return command;
  const storage = await findRun(userData(), command.runId);
  return storage === undefined ? command : { ...command, storage };
}
