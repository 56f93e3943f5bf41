/**
 * A command in a terminal whose shell does not report it: a script shows it, and writes its output and its exit code
 * to files, which are polled. Only the script's path is typed. For POSIX shells; PowerShell has shell integration.
 */
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { quotePosix } from '../core/common/quote';
import type { PythonEnvironment } from '../node/pythonEnvironment';
import { delay, type Execution } from './execution';
import { pathLine } from './usePython';

const POLL_MS = 100;
/** Of what the script keeps of an output: 51 MB in the blocks of `ulimit`, so that the 50 MB of others are reached. */
const MOST_BLOCKS = 51 * 2_048;

export interface ScriptOptions {
  /** Types a line into the terminal. */
  readonly type: (line: string) => void;
  /** The run's folder. */
  readonly folder: string;
  readonly callId: string;
  readonly command: string;
  /** The user's shell, which the command was written for. */
  readonly shell: string;
  /** Where it runs, wherever the user took the terminal. */
  readonly cwd: string;
  /** Whose programs come first in the PATH. */
  readonly python: PythonEnvironment | undefined;
}

export async function executeAsScript(options: ScriptOptions): Promise<Execution> {
  const { type, folder, callId, command } = options;
  const file = (name: string) => path.join(folder, `${name}-${callId}`);
  const [commandFile, outputFile, exitFile] = [file('command'), file('printed'), file('exit')];
  await writeFile(commandFile, `${command}\n`);
  await writeFile(outputFile, '');
  await rm(exitFile, { force: true });
  await writeFile(file('script'), script(options, { commandFile, outputFile, exitFile }));

  let disposed = false;
  const exitCode = (async () => {
    for (;;) {
      const text = disposed ? '' : await readFile(exitFile, 'utf8').catch(() => undefined);
      if (text !== undefined) return text;
      await delay(POLL_MS);
    }
  })();
  type(`sh ${quotePosix(file('script'))}`);
  return {
    read: () => follow(outputFile, exitCode),
    ended: exitCode.then((text) => (/^\d+$/.test(text.trim()) ? Number(text) : undefined)),
    dispose: () => (disposed = true),
  };
}

/** Ctrl+C is for the command alone: script and `tee` live on, to write down how it ended. */
function script(
  { shell, command, cwd, python }: ScriptOptions,
  files: { readonly commandFile: string; readonly outputFile: string; readonly exitFile: string },
): string {
  const run = `${quotePosix(shell)} ${quotePosix(files.commandFile)}`;
  const [output, exit] = [quotePosix(files.outputFile), quotePosix(files.exitFile)];
  return [
    `printf '%s\\n' ${quotePosix(`> ${command}`)}`,
    `cd ${quotePosix(cwd)} || { echo 1 > ${exit}; exit 1; }`,
    ...(python ? [pathLine(python, 'posix') ?? ''] : []),
    'trap : INT',
    `{ trap : INT; ${run}; echo $? > ${exit}.part; } 2>&1 | { trap '' XFSZ; ulimit -f ${MOST_BLOCKS}; tee -i ${output} 2>/dev/null; }`,
    `mv ${exit}.part ${exit}`,
    '',
  ].join('\n');
}

/** The file as it grows, until the command has ended and everything is read. */
async function* follow(file: string, ended: Promise<unknown>): AsyncGenerator<string, void, void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(64 * 1024);
  const handle = await open(file, 'r');
  try {
    for (;;) {
      const last = isOver; // read once more after the end
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        yield decoder.write(buffer.subarray(0, bytesRead));
      }
      if (last) return;
      await delay(POLL_MS);
    }
  } finally {
    await handle.close();
  }
}
