/** The workspace's own Python: a virtual environment in its root (PEP 405). */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

export interface PythonEnvironment {
  /** Of its folder in the workspace: `.venv`. */
  readonly name: string;
  readonly folder: string;
  /** Where its programs are. */
  readonly programs: string;
  readonly python: string;
}

export interface FoundEnvironment {
  /** Undefined where there is none that can be used. */
  readonly environment: PythonEnvironment | undefined;
  /** For a person, one sentence each: which Python is used, and why another one is not. */
  readonly remarks: readonly string[];
}

/** In the order in which they are looked for. */
const NAMES = ['.venv', 'venv'];

/** Looked up before each command: a command may have made it, or broken it. */
export function findPythonEnvironment(
  workspace: string,
  platform: NodeJS.Platform = process.platform,
): FoundEnvironment {
  const remarks: string[] = [];
  for (const name of NAMES) {
    const folder = path.join(workspace, name);
    // Without it Python takes the folder for no environment.
    if (!isFile(path.join(folder, 'pyvenv.cfg'))) continue;
    const programs = path.join(folder, platform === 'win32' ? 'Scripts' : 'bin');
    const python = path.join(programs, platform === 'win32' ? 'python.exe' : 'python');
    if (isExecutableFile(python)) {
      remarks.push(`The Python environment ${name} is used: its programs come first in the PATH.`);
      return { environment: { name, folder, programs, python }, remarks };
    }
    remarks.push(
      `The Python environment ${name} is not used: its Python is gone or cannot be run, as after a copy from another machine. Make it anew to use it.`,
    );
  }
  return { environment: undefined, remarks };
}

/** Follows links, as one that leads nowhere runs nothing. */
export function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
