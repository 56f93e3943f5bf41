import type { RunEvent } from '../core/agent/events';
import type { RunInput } from '../core/agent/inputs';
import type { Run } from '../core/agent/run';
import { createAssistant } from '../core/assistant';
import type { Command } from './arguments';
import { open } from './open';
import type { Host } from './host';
import { judge } from './judge';
import { ALL_OF, Screen } from './screen';

type ResearchCommand = Extract<Command, { name: 'research' }>;
type Asked = Extract<RunEvent, { type: 'approval.requested' }>;

const EXIT = { answered: 0, abstained: 0, failed: 1, exhausted: 3, cancelled: 130 } as const;
const WRONG_USAGE = 2;

/** Runs the question, shows it as it goes, and judges it where the command line says so. */
export async function research(command: ResearchCommand, host: Host): Promise<number> {
  const opened = await open(command, host);
  try {
    const assistant = createAssistant(opened.ports);
    const run = assistant.research(command.question, {
      reuse: command.reuse,
      ...(command.policy === undefined ? {} : { policy: command.policy }),
      ...(command.k === undefined ? {} : { k: command.k }),
    });
    const cancel = () => run.cancel();
    process.once('SIGINT', cancel);
    // With --json the screen only keeps the state.
    const write = (text: string) => (command.json ? undefined : host.write(text));
    const screen = new Screen({ ...host, write, runFolder: opened.runFolder });
    const show = (event: RunEvent) => {
      screen.draw(event);
      if (command.json) host.write(`${JSON.stringify(event)}\n`);
    };
    for await (const event of run.events) {
      show(event);
      // What comes meanwhile is shown after it: one line that is typed must not answer two questions.
      if (event.type === 'approval.requested') await decide(run, event, command, host);
    }
    process.removeListener('SIGINT', cancel);
    const { verdict, reason, lessons } = command;
    if (verdict !== undefined) {
      const reward = verdict === 'accept' ? 1 : 0;
      await judge(assistant, { runId: run.id, reward, reason: reason ?? null, lessons }, show, host);
    }
    const { outcome, error } = screen.state;
    if (error?.code === 'empty-question') return WRONG_USAGE;
    return outcome === null ? 1 : EXIT[outcome];
  } finally {
    await opened.close();
  }
}

/** `--yes` approves; a person at a terminal is asked; with neither the answer is no, and says how to change it. */
async function decide(run: Run, asked: Asked, command: ResearchCommand, host: Host): Promise<void> {
  const { approvalId } = asked;
  if (command.yes) {
    run.send({ type: 'approve', approvalId });
  } else if (command.json || !host.interactive) {
    run.send({ type: 'deny', approvalId, reason: 'nobody is there to approve it; --yes approves' });
  } else {
    run.send(inputOf(await host.ask(promptOf(asked)), asked));
  }
}

const promptOf = ({ mayHoldFor }: Asked): string =>
  mayHoldFor === undefined ? '  Run it? [y/N] ' : `  Run it? [y/N, a: ${ALL_OF[mayHoldFor]}] `;

function inputOf(typed: string, { approvalId, mayHoldFor }: Asked): RunInput {
  if (isYes(typed)) return { type: 'approve', approvalId };
  if (mayHoldFor !== undefined && /^a(ll)?$/i.test(typed.trim())) {
    return { type: 'approve', approvalId, holdsFor: mayHoldFor };
  }
  return { type: 'deny', approvalId };
}

export const isYes = (typed: string): boolean => /^y(es)?$/i.test(typed.trim());
