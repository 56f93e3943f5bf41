/** Runs npm from inside an npm script, free of what the outer npm left in the environment. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { homeFolder } from './home.mjs';

/**
 * npm hands its settings to its scripts as `npm_config_*`; read back by an npm inside, `--dry-run`, `--omit=dev` or
 * `--prefix` of the outer command would change what the inner one does. Only where packages come from is kept.
 */
const KEPT =
  /^npm_config_(registry|@.+|\/\/.+|cache|userconfig|globalconfig|nodedir|.*proxy|ca|cafile|cert|key|strict_ssl|fetch_.+|maxsockets|offline|prefer_offline)$/i;

/**
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, logFile?: string }} options
 *   logFile: takes npm's output, which otherwise goes to stderr (stdout belongs to the command that was asked for)
 * @throws {Error} where npm cannot be started or fails
 */
export async function runNpm(args, { cwd, env = {}, logFile }) {
  const log = logFile ? openSync(logFile, 'a') : 2;
  try {
    const [command, commandArguments, shell] = npmCommand(args);
    const child = spawn(command, commandArguments, {
      cwd,
      shell,
      env: { ...cleanEnvironment(process.env), ...env },
      stdio: ['ignore', log, log],
    });
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    if (code !== 0)
      throw new Error(`npm ${args[0]} failed (exit code ${code})${logFile ? `, see ${logFile}` : ''}`);
  } finally {
    if (logFile) closeSync(log);
  }
}

/** @param {NodeJS.ProcessEnv} outer */
export function cleanEnvironment(outer) {
  const env = Object.fromEntries(
    Object.entries(outer).filter(([name]) => !/^npm_/i.test(name) || KEPT.test(name)),
  );
  delete env.NODE_ENV; // `production` would leave the development dependencies out
  delete env.INIT_CWD;
  return { ...env, HOME: homeFolder() };
}

/** The npm that started us where there is one (it needs no shell on Windows either), else the one on PATH. */
function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli && path.basename(cli) === 'npm-cli.js') return [process.execPath, [cli, ...args], false];
  return ['npm', args, process.platform === 'win32'];
}
