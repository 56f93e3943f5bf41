/**
 * Runs a command and ends it, with all of its descendants, as soon as this process's stdin closes:
 *   node guard.mjs COMMAND ARGUMENT…
 * Whoever starts it keeps the other end of that pipe. The system closes the pipe when the owner goes, by SIGKILL
 * too, so that no server stays behind. To be started with `detached: true`, as the leader of its own process group.
 */
import { spawn } from 'node:child_process';

const GRACE_MS = 3000;

const [command, ...commandArguments] = process.argv.slice(2);
const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });

let ending = false;
function endGroup() {
  if (ending) return;
  ending = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS); // this process included
}

/** This process leads its group, so the group's id is its own process id. */
function signalGroup(signal) {
  process.kill(-process.pid, signal);
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, endGroup);
process.stdin.resume().on('end', endGroup).on('error', endGroup);
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
  // Its children (extension hosts, shells) may outlive it by their own grace periods.
  if (!ending) endGroup();
  else signalGroup('SIGKILL');
});
