import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShellKind } from '../core/common/quote';
import { quote } from '../core/common/quote';
import type { Result } from '../core/common/result';
import { failed, messageOf, ok } from '../core/common/result';
import type { CodeLanguage } from '../core/ports';
import { FILES } from './madeFiles';

const EXTENSIONS: Readonly<Record<CodeLanguage, string>> = { python: 'py', javascript: 'js', shell: 'sh' };

/** Where code finds the folder for what it makes. */
const OUTPUT_VARIABLE = 'MEMENTO_OUTPUT_DIR';

/**
 * Writes code to `<folder>/code-<callId>.<ext>` and gives the one-line command that runs it: code is never typed
 * into a shell. Python is the workspace's own `.venv` where there is one.
 */
export async function writeCodeFile(
  folder: string,
  callId: string,
  language: CodeLanguage,
  code: string,
  host: { readonly workspace: string | undefined; readonly shell: ShellKind },
): Promise<Result<string>> {
  const file = path.join(folder, `code-${callId}.${EXTENSIONS[language]}`);
  const outputs = path.join(folder, FILES);
  try {
    await mkdir(outputs, { recursive: true });
    await writeFile(file, code);
  } catch (error) {
    return failed('storage', `The code could not be written to ${file}: ${messageOf(error)}`);
  }
  const command = codeCommand([...interpreter(language, host.workspace), file], outputs, host.shell);
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
      return `$env:${OUTPUT_VARIABLE} = '${outputs.replace(/['\u2018-\u201b]/g, '$&$&')}'; & ${run}`;
    case 'cmd':
      return quote(outputs, shell) === undefined
        ? undefined
        : `set "${OUTPUT_VARIABLE}=${outputs}" && ${run}`;
  }
}

function interpreter(language: CodeLanguage, workspace: string | undefined): readonly string[] {
  switch (language) {
    case 'python':
      return [workspacePython(workspace) ?? (process.platform === 'win32' ? 'python' : 'python3')];
    case 'javascript':
      return ['node'];
    case 'shell':
      return ['sh'];
  }
}

function workspacePython(workspace: string | undefined): string | undefined {
  if (workspace === undefined) return undefined;
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = path.join(workspace, '.venv', ...inside);
  return existsSync(python) ? python : undefined;
}
