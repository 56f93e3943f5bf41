import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShellKind } from '../core/common/quote';
import { powerShellString, quote } from '../core/common/quote';
import type { Result } from '../core/common/result';
import { failed, messageOf, ok } from '../core/common/result';
import type { CodeLanguage } from '../core/ports';
import { FILES } from './madeFiles';
import { findPythonEnvironment, isExecutableFile } from './pythonEnvironment';

const EXTENSIONS: Readonly<Record<CodeLanguage, string>> = { python: 'py', javascript: 'js', shell: 'sh' };

/** Where code finds the folder for what it makes. */
const OUTPUT_VARIABLE = 'MEMENTO_OUTPUT_DIR';

export interface CodeHost {
  readonly workspace: string | undefined;
  readonly shell: ShellKind;
  /** The PATH that the shell has; undefined where only the shell knows. */
  readonly searchPath: string | undefined;
}

/**
 * Writes code to `<folder>/code-<callId>.<ext>` and gives the one-line command that runs it: code is never typed
 * into a shell. Python is that of the workspace's own environment where there is one. A fault `unsupported` where nothing is installed
 * that runs the language.
 */
export async function writeCodeFile(
  folder: string,
  callId: string,
  language: CodeLanguage,
  code: string,
  host: CodeHost,
): Promise<Result<string>> {
  const program = interpreter(language, host);
  if (!program.ok) return program;
  const file = path.join(folder, `code-${callId}.${EXTENSIONS[language]}`);
  const outputs = path.join(folder, FILES);
  try {
    await mkdir(outputs, { recursive: true });
    await writeFile(file, code);
  } catch (error) {
    return failed('storage', `The code could not be written to ${file}: ${messageOf(error)}`);
  }
  const command = codeCommand([program.value, file], outputs, host.shell);
  return command === undefined
    ? failed('unsupported', `The path ${file} cannot be given to this shell.`)
    : ok(command);
}

/**
 * The line that runs a program with MEMENTO_OUTPUT_DIR set, so that what is approved says all that is run; undefined
 * where the shell has no way to say it.
 */
export function codeCommand(
  program: readonly string[],
  outputs: string,
  shell: ShellKind,
): string | undefined {
  const words = program.map((word) => quote(word, shell));
  if (words.includes(undefined)) return undefined;
  const run = words.join(' ');
  switch (shell) {
    case 'posix':
      // `env`, since csh and old fish have no assignment before a command.
      return `env ${OUTPUT_VARIABLE}=${quote(outputs, shell) ?? ''} ${run}`;
    case 'powershell':
      // PowerShell takes a quoted first word for a string: the call operator runs it.
      return `$env:${OUTPUT_VARIABLE} = ${powerShellString(outputs)}; & ${run}`;
    case 'cmd':
      return quote(outputs, shell) === undefined
        ? undefined
        : `set "${OUTPUT_VARIABLE}=${outputs}" && ${run}`;
  }
}

/** In the order in which they are looked for. */
const INTERPRETERS: Readonly<Record<CodeLanguage, readonly string[]>> = {
  python: process.platform === 'win32' ? ['python', 'python3'] : ['python3', 'python'],
  javascript: ['node'],
  shell: ['sh'],
};

function interpreter(language: CodeLanguage, { workspace, searchPath }: CodeHost): Result<string> {
  const own =
    language === 'python' && workspace !== undefined
      ? findPythonEnvironment(workspace).environment
      : undefined;
  if (own) return ok(own.python);
  const names = INTERPRETERS[language];
  // The editor's terminal may know more folders than the editor, which set them up in the shell's own files.
  const found = names.find((name) => isOnPath(name, searchPath ?? process.env['PATH'] ?? ''));
  if (found !== undefined) return ok(found);
  const [first = ''] = names;
  if (searchPath === undefined) return ok(first);
  return failed(
    'unsupported',
    `No ${language} can be run here: ${names.join(' or ')} is not installed, or not in the PATH.`,
  );
}

function isOnPath(name: string, searchPath: string): boolean {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return searchPath
    .split(path.delimiter)
    .some((folder) => folder !== '' && isExecutableFile(path.join(folder, file)));
}
