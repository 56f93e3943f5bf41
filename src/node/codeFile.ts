import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShellKind } from '../core/common/quote';
import { quote } from '../core/common/quote';
import type { Result } from '../core/common/result';
import { failed, messageOf, ok } from '../core/common/result';
import type { CodeLanguage } from '../core/ports';

const EXTENSIONS: Readonly<Record<CodeLanguage, string>> = { python: 'py', javascript: 'js', shell: 'sh' };

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
  try {
    await writeFile(file, code);
  } catch (error) {
    return failed('storage', `The code could not be written to ${file}: ${messageOf(error)}`);
  }
  const words = [...interpreter(language, host.workspace), file].map((word) => quote(word, host.shell));
  if (words.includes(undefined))
    return failed('unsupported', `The path ${file} cannot be given to this shell.`);
  // PowerShell takes a quoted first word for a string: the call operator runs it.
  return ok(host.shell === 'powershell' ? `& ${words.join(' ')}` : words.join(' '));
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
