/** Runs a program by its arguments, with no shell, no input, and an end. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { failed, ok, type Result } from '../core/common/result';
import { errnoOf } from './errno';
import { OWN_GROUP, ProcessGroup } from './processGroup';

export interface ProgramOptions {
  readonly signal: AbortSignal;
  /** Milliseconds after which it is killed. */
  readonly timeoutMs: number;
  /** Of its standard output; a program that prints more is killed. */
  readonly maxBytes: number;
}

export interface ProgramOutput {
  /** Null where it was killed by a signal. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** Its end. */
  readonly stderr: string;
}

/** Characters of standard error that are kept. */
const STDERR = 4_000;

/**
 * Faults: `not-found` (no such program), `stalled`, `limit`. Killed, with what it started, once the signal
 * aborts, and then rejects with its reason. Of the environment it gets what programs need to start.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, timeoutMs, maxBytes }: ProgramOptions,
): Promise<Result<ProgramOutput>> {
  signal.throwIfAborted();
  const child = spawn(program, args, {
    ...OWN_GROUP,
    // Windows looks for programs in the current folder first: not in the workspace.
    cwd: os.tmpdir(),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // What is called ffmpeg may be a script, and the program that it starts keeps the pipes open.
  const group = new ProcessGroup(child);
  let stopped: 'stalled' | 'limit' | undefined;
  const stop = (why: typeof stopped) => {
    stopped ??= why;
    group.kill();
  };
  const timer = setTimeout(() => stop('stalled'), timeoutMs);
  const onAbort = () => group.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  const chunks: Buffer[] = [];
  let bytes = 0;
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) stop('limit');
    else chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr = (stderr + chunk).slice(-STDERR)));
  try {
    const ended = await new Promise<{ readonly code: number | null; readonly error?: Error }>((resolve) => {
      child.once('error', (error) => resolve({ code: null, error }));
      child.once('close', (code) => resolve({ code }));
    });
    signal.throwIfAborted();
    if (ended.error) {
      const code = errnoOf(ended.error) === 'ENOENT' ? 'not-found' : 'tool';
      return failed(code, `${program} could not be started: ${ended.error.message}`);
    }
    if (stopped === 'stalled') {
      return failed('stalled', `${program} was stopped after ${Math.round(timeoutMs / 1_000)} s.`);
    }
    if (stopped === 'limit') return failed('limit', `${program} gave more than ${maxBytes} bytes.`);
    return ok({ code: ended.code, stdout: Buffer.concat(chunks), stderr });
  } finally {
    group.kill();
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** No key and no variable that would have a program write elsewhere, as FFREPORT does. */
function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'Path', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
