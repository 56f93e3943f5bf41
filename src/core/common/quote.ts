/** One argument of a command line, quoted so that the shell hands it on byte for byte. */

export type ShellKind = 'posix' | 'powershell' | 'cmd';

/** Which quoting a shell needs, by the name of its executable: `/bin/zsh`, `C:\…\pwsh.exe`. */
export function shellKind(shell: string): ShellKind {
  const name = (shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  if (/^(pwsh|powershell)/.test(name)) return 'powershell';
  return name === 'cmd' ? 'cmd' : 'posix';
}

/** Nothing that any shell reads as more than itself: zsh expands `=name`, several take `%` for a job. */
const PLAIN = /^[\w./:-]+$/;

/** Single quotes take everything literally but themselves: `it's` is `'it'\''s'`. Right for fish too. */
export function quotePosix(argument: string): string {
  if (PLAIN.test(argument)) return argument;
  // In fish a backslash in single quotes can escape, so it stands outside of them.
  return `'${argument.replace(/['\\]/g, (character) => `'\\${character}'`)}'`;
}

/** PowerShell doubles a quote inside single ones, and takes the typographic ones for quotes as well. */
export const powerShellString = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;

export function quotePowerShell(argument: string): string {
  const isPlain = /^[\w./:\\-]+$/.test(argument) && !argument.startsWith('-');
  return isPlain ? argument : powerShellString(argument);
}

/**
 * cmd has no way to quote `%` (it expands inside quotes too) and none for `"`, which no Windows path holds; such an
 * argument is undefined. Trailing backslashes are doubled, as a program reads `\"` as a quote.
 */
export function quoteCmd(argument: string): string | undefined {
  if (/["%!\r\n]/.test(argument)) return undefined;
  if (/^[\w./:\\-]+$/.test(argument)) return argument;
  return `"${argument.replace(/\\+$/, '$&$&')}"`;
}

/** Undefined where the shell has no way to say it. */
export function quote(argument: string, shell: ShellKind): string | undefined {
  switch (shell) {
    case 'posix':
      return quotePosix(argument);
    case 'powershell':
      return quotePowerShell(argument);
    case 'cmd':
      return quoteCmd(argument);
  }
}
