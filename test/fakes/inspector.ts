/** The command line of the MCP inspector, as a process. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);

export interface Inspector {
  /** Connects to the server of that command, asks for one method, and gives what was answered. Rejects with what it complains of. */
  ask(
    server: readonly string[],
    env: Readonly<Record<string, string>>,
    ...words: readonly string[]
  ): Promise<unknown>;
  dispose(): void;
}

/**
 * Its package is one part of another, of which it reads the package.json above its own folder: so it is laid there.
 */
export function createInspector(): Inspector {
  const installed = path.dirname(require.resolve('@modelcontextprotocol/inspector-cli/package.json'));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-inspector-'));
  const cli = path.join(folder, 'cli');
  mkdirSync(cli);
  cpSync(path.join(installed, 'build'), path.join(cli, 'build'), { recursive: true });
  cpSync(path.join(installed, 'package.json'), path.join(cli, 'package.json'));
  cpSync(path.join(installed, 'package.json'), path.join(folder, 'package.json'));
  symlinkSync(path.join(installed, 'node_modules'), path.join(cli, 'node_modules'), 'junction');
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction');
  const config = path.join(folder, 'servers.json');
  return {
    ask: ([command, ...args], env, ...words) => {
      writeFileSync(config, JSON.stringify({ mcpServers: { tested: { command, args, env } } }));
      const program = [
        path.join(cli, 'build/cli.js'),
        '--cli',
        '--config',
        config,
        '--server',
        'tested',
        ...words,
      ];
      return new Promise((resolve, reject) => {
        execFile(process.execPath, program, { maxBuffer: 1e8 }, (error, out, err) => {
          if (error) reject(new Error(`${err}\n${out}`, { cause: error }));
          else resolve(JSON.parse(out.slice(out.indexOf('{'))));
        });
      });
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
