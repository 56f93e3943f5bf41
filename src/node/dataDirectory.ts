import os from 'node:os';
import path from 'node:path';

/**
 * The folder of this user's memory, shared by the extension and the command line; an absolute path, not made yet.
 *
 * - Linux and others: `$XDG_DATA_HOME/memento` (XDG Base Directory Specification: a relative path is ignored), else
 *   `~/.local/share/memento`
 * - macOS: `~/Library/Application Support/memento`
 * - Windows: `%APPDATA%\memento`, else `~\AppData\Roaming\memento`
 *
 * The home folder is what HOME (Windows: USERPROFILE) says where that is an absolute path, else what the system's user
 * database says, else a folder of this user under the system's temporary one.
 */
export function dataDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const given = (name: string) => absolute(env[name], paths);
  const home = () => given(platform === 'win32' ? 'USERPROFILE' : 'HOME') ?? userHome(paths);
  switch (platform) {
    case 'win32':
      return paths.join(given('APPDATA') ?? paths.join(home(), 'AppData', 'Roaming'), 'memento');
    case 'darwin':
      return paths.join(home(), 'Library', 'Application Support', 'memento');
    default:
      return paths.join(given('XDG_DATA_HOME') ?? paths.join(home(), '.local', 'share'), 'memento');
  }
}

/**
 * Where the user's programs keep their settings, Memento's memory and VS Code's among them: absolute paths, which need not
 * exist. Hidden folders of the home folder are not listed.
 */
export function userFolders(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const memory = dataDirectory(env, platform);
  const settings =
    platform === 'win32' || platform === 'darwin' ? paths.dirname(memory) : env['XDG_CONFIG_HOME'];
  return [memory, settings, env['VSCODE_PORTABLE']].flatMap((folder) => absolute(folder, paths) ?? []);
}

const absolute = (folder: string | undefined, paths: path.PlatformPath): string | undefined =>
  folder !== undefined && paths.isAbsolute(folder) ? folder : undefined;

/** `os.homedir` believes an empty HOME; `os.userInfo` asks the user database, and throws for a user who is not there. */
function userHome(paths: path.PlatformPath): string {
  try {
    const { homedir, username } = os.userInfo();
    return paths.isAbsolute(homedir) ? homedir : path.join(os.tmpdir(), `memento-${username}`);
  } catch {
    return path.join(os.tmpdir(), `memento-${process.getuid?.() ?? 'user'}`);
  }
}
