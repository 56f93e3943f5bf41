import { createInterface } from 'node:readline/promises';
import type { RunEvent } from '../core/agent/events';
import type { Run } from '../core/agent/run';
import { createAssistant } from '../core/assistant';
import type { Command } from './arguments';
import { open } from './open';
import type { Host } from './host';
import { judge } from './judge';
import { Screen } from './screen';

type ResearchCommand = Extract<Command, { name: 'research' }>;

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
      if (event.type === 'approval.requested') void decide(run, event.approvalId, command, host);
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
async function decide(run: Run, approvalId: string, command: ResearchCommand, host: Host): Promise<void> {
  if (command.yes) {
    run.send({ type: 'approve', approvalId });
  } else if (command.json || !host.interactive) {
    run.send({ type: 'deny', approvalId, reason: 'nobody is there to approve it; --yes approves' });
  } else if (await confirm('  Run it? [y/N] ')) {
    run.send({ type: 'approve', approvalId });
  } else {
    run.send({ type: 'deny', approvalId });
  }
}

export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
