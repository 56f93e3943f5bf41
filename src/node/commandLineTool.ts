/** Puts `memento` on the user's PATH: a small script that runs the command line of the newest installed extension. */
import { access, chmod, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface CommandLineHost {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Of the extension that installs it: `…/extensions/memento-research.memento-0.1.0`, or a checkout. */
  readonly extensionPath: string;
  /** The editor's own Node.js or Electron, for where no `node` is on the PATH. */
  readonly runtime: string;
}

export interface CommandLinePlan {
  /** Absolute path of the script. */
  readonly file: string;
  readonly script: string;
  /** `foreign`: a file of somebody else, which is left alone. */
  readonly there: 'nothing' | 'older' | 'same' | 'foreign';
  /** What makes the shell find it; undefined where it does so already. */
  readonly pathLine: string | undefined;
}

/** By this a script is known as ours. */
const MARK = 'Written by the Memento extension for VS Code';

/** Says what would be written, and writes nothing. */
export async function planCommandLineTool(host: CommandLineHost): Promise<CommandLinePlan> {
  const windows = host.platform === 'win32';
  const found = await folderOnPath(host);
  const folder = found ?? folders(host)[0] ?? host.home;
  const file = pathOf(host).join(folder, windows ? 'memento.cmd' : 'memento');
  const script = windows ? cmdScript(host) : shellScript(host);
  const old = await readFile(file, 'utf8').catch(() => undefined);
  const there =
    old === undefined ? 'nothing' : old === script ? 'same' : old.includes(MARK) ? 'older' : 'foreign';
  return { file, script, there, pathLine: found === undefined ? pathLine(host, folder) : undefined };
}

/** Rejects with the file system's error. The file is there whole or not at all. */
export async function installCommandLineTool({ file, script }: CommandLinePlan): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, script);
  await chmod(temporary, 0o755);
  await rename(temporary, file);
}

export const uninstallCommandLineTool = ({ file }: CommandLinePlan): Promise<void> => rm(file);

const pathOf = ({ platform }: CommandLineHost) => (platform === 'win32' ? path.win32 : path.posix);

/** Where a user's own programs are by convention (systemd's file-hierarchy(7) names ~/.local/bin), best first. */
function folders(host: CommandLineHost): readonly string[] {
  const paths = pathOf(host);
  const own = [paths.join(host.home, '.local', 'bin'), paths.join(host.home, 'bin')];
  return host.platform === 'win32' && host.env.LOCALAPPDATA !== undefined
    ? [paths.join(host.env.LOCALAPPDATA, 'Microsoft', 'WindowsApps'), ...own]
    : own;
}

async function folderOnPath(host: CommandLineHost): Promise<string | undefined> {
  const paths = pathOf(host);
  const listed = (host.env.PATH ?? host.env.Path ?? '').split(paths.delimiter).filter((each) => each !== '');
  const plain = (folder: string) =>
    host.platform === 'win32' ? paths.resolve(folder).toLowerCase() : paths.resolve(folder);
  for (const folder of folders(host)) {
    if (!listed.some((each) => plain(each) === plain(folder))) continue;
    // Some systems put it on the PATH before it exists.
    if ((await isWritable(folder)) || !(await exists(folder))) return folder;
  }
  return undefined;
}

const isWritable = (folder: string) => can(folder, constants.W_OK);
const exists = (folder: string) => can(folder, constants.F_OK);
const can = (folder: string, mode: number) =>
  access(folder, mode).then(
    () => true,
    () => false,
  );

function pathLine({ platform, env }: CommandLineHost, folder: string): string {
  if (platform === 'win32')
    return `[Environment]::SetEnvironmentVariable('Path', '${folder};' + [Environment]::GetEnvironmentVariable('Path', 'User'), 'User')`;
  return /(^|\/)fish$/.test(env.SHELL ?? '')
    ? `fish_add_path ${quoted(folder)}`
    : `export PATH=${quoted(folder)}:"$PATH"`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Folders of installed extensions end in their version; undefined for a checkout, which has none. */
function versionsOf(host: CommandLineHost): { readonly parent: string; readonly name: string } | undefined {
  const paths = pathOf(host);
  const name = /^(.+\..+)-\d+\.\d+\.\d+.*$/.exec(paths.basename(host.extensionPath))?.[1];
  return name === undefined ? undefined : { parent: paths.dirname(host.extensionPath), name };
}

function shellScript(host: CommandLineHost): string {
  const versions = versionsOf(host);
  const newest =
    versions === undefined
      ? ''
      : `newest=$(ls -td ${quoted(`${versions.parent}/${versions.name}`)}-*/dist/cli.js 2>/dev/null | head -n 1)\n[ -n "$newest" ] && cli=$newest\n`;
  return `#!/bin/sh
# ${MARK}: delete this file to uninstall.
cli=${quoted(`${host.extensionPath}/dist/cli.js`)}
${newest}if [ ! -f "$cli" ]; then
  echo 'memento: the extension is gone. Install it again in VS Code, or delete this file:' "$0" >&2
  exit 1
fi
if node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null; then
  exec node "$cli" "$@"
fi
runtime=${quoted(host.runtime)}
if [ -x "$runtime" ]; then
  ELECTRON_RUN_AS_NODE=1 exec "$runtime" "$cli" "$@"
fi
echo 'memento: Node.js 20.19 or later is needed on the PATH.' >&2
exit 1
`;
}

/** In a script of cmd a percent sign stands doubled. */
const inCmd = (text: string) => text.replaceAll('%', '%%');

function cmdScript(host: CommandLineHost): string {
  const versions = versionsOf(host);
  const lines = [
    '@echo off',
    `rem ${MARK}: delete this file to uninstall.`,
    'setlocal',
    `set "cli=${inCmd(host.extensionPath)}\\dist\\cli.js"`,
    ...(versions === undefined
      ? []
      : [
          `for /f "delims=" %%f in ('dir /b /ad /od "${inCmd(versions.parent)}\\${inCmd(versions.name)}-*" 2^>nul') do if exist "${inCmd(versions.parent)}\\%%f\\dist\\cli.js" set "cli=${inCmd(versions.parent)}\\%%f\\dist\\cli.js"`,
        ]),
    'if not exist "%cli%" (',
    '  echo memento: the extension is gone. Install it again in VS Code, or delete this file: %~f0 1>&2',
    '  exit /b 1',
    ')',
    'where node >nul 2>nul',
    'if not errorlevel 1 (',
    '  node "%cli%" %*',
    '  exit /b',
    ')',
    'set ELECTRON_RUN_AS_NODE=1',
    `"${inCmd(host.runtime)}" "%cli%" %*`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
