#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseCommand, type Command } from './cli/arguments';
import { USAGE } from './cli/usage';
import { cases } from './cli/cases';
import { explain } from './cli/explain';
import { feedback } from './cli/feedback';
import type { Host } from './cli/host';
import { memory } from './cli/memory';
import { research } from './cli/research';
import { runs } from './cli/runs';
import { terminalOutput } from './cli/terminalOutput';
import { tool } from './cli/tool';
import { UsageError } from './cli/values';
import { secretsOf } from './node/ownVariables';

// A reader that has seen enough (`| head`) closes the pipe: there is nobody left to write to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const secrets = secretsOf(process.env);

const host: Host = {
  dist: fileURLToPath(new URL('.', import.meta.url)),
  color: process.stdout.isTTY && !process.env['NO_COLOR'],
  secrets,
  interactive: process.stdin.isTTY && process.stdout.isTTY,
  program: process.env['MEMENTO_PROGRAM'] ?? 'memento',
  // What is piped is data, byte for byte.
  write: (text) => void process.stdout.write(shown(text, process.stdout)),
  ask,
  complain: (message) => void process.stderr.write(`${shown(message, process.stderr)}\n`),
};

function shown(text: string, stream: NodeJS.WriteStream): string {
  const told = secrets.hide(text);
  return stream.isTTY ? terminalOutput(told) : told;
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

async function main(words: readonly string[]): Promise<number> {
  try {
    return await run(parseCommand(words));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.complain(`${error.message}\n${host.program} help says what there is.`);
    return 2;
  }
}

async function run(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      host.write(`${USAGE}\n`);
      return 0;
    case 'research':
      return research(command, host);
    case 'feedback':
      return feedback(command, host);
    case 'cases':
      return cases(command, host);
    case 'runs':
      return runs(command, host);
    case 'memory':
      return memory(command, host);
    case 'eval':
      return (await import('./cli/eval/evaluate')).evaluate(command, host);
    case 'mcp':
      return (await import('./cli/mcp')).mcp(command, host);
    case 'test-model':
      return (await import('./cli/testModel')).testModel(command, host);
    case 'tool':
      return tool(command, host);
    case 'explain':
      return explain(command, host);
  }
}

process.exitCode = await main(process.argv.slice(2));
