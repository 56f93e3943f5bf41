/**
 * Tries every parser of outside input with ever new inputs, by turns:
 *   npm run fuzz -- [--minutes N] [--only NAME]
 * N is 480 unless told; NAME is a part of a subject's name or of its file's. An input that breaks a property, or takes
 * longer than a minute, is kept in test/fuzz/found, which the normal tests try from then on. The last line is
 * `N passed, N failed`: subjects.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const entry = path.resolve(import.meta.dirname, '../test/fuzz/thread.mjs');
/** Milliseconds that one input may take; the slowest takes a few seconds on a busy machine. */
const HANGS = 60_000;
/** Of one turn of a subject, milliseconds. */
const LONGEST_TURN = 60_000;
/** MB; what needs more has a fault, whatever it is. */
const HEAP = 2_000;

const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '480' }, only: { type: 'string', default: '' } },
});
const end = Date.now() + Number(options.minutes) * 60_000;
if (!(end > Date.now())) throw new Error(`--minutes takes a number, not ${options.minutes}.`);

/** A thread that is replaced where it hangs or dies. */
class Trier {
  progress = new Int32Array(new SharedArrayBuffer(8));
  #settle = () => {};
  /** What it says once it has loaded all subjects, which may take longer than an input. */
  #ready;
  #worker = this.#start();

  #start() {
    this.#ready = new Promise((resolve) => (this.#settle = resolve));
    const worker = new Worker(entry, {
      env: { ...process.env, MEMENTO_FUZZ_LONG: '1' },
      workerData: this.progress.buffer,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    return worker
      .on('message', (report) => this.#settle(report))
      .on('error', (error) => this.#settle({ error: `the thread ended: ${error.message}` }))
      .on(
        'exit',
        (code) => worker === this.#worker && this.#settle({ error: `the thread ended with ${code}` }),
      );
  }

  /** The thread's report, or only `error`: why there is none. */
  async send(order) {
    const loaded = await this.#ready;
    if (loaded.type === undefined) return loaded;
    const stop = new AbortController();
    const reported = new Promise((resolve) => (this.#settle = resolve));
    this.#worker.postMessage(order);
    const report = await Promise.race([reported, hang(this.progress, stop.signal)]);
    stop.abort();
    if (report.type === undefined) {
      const dead = this.#worker;
      this.#worker = this.#start();
      await dead.terminate();
    }
    return report;
  }

  end() {
    return this.#worker.terminate();
  }
}

/** Once no run has begun for too long. */
function hang(progress, signal) {
  return new Promise((resolve) => {
    let [seen, since] = [progress[0], Date.now()];
    const timer = setInterval(() => {
      if (progress[0] !== seen) [seen, since] = [progress[0], Date.now()];
      else if (Date.now() - since > HANGS) resolve({ error: `took longer than ${HANGS / 1_000} s` });
    }, 250);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  });
}

/** Where the file with the input is, if the subject failed. */
async function turn(trier, name, ms) {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const started = Date.now();
  const report = await trier.send({ type: 'try', name, seed, ms });
  const [begun, failing] = trier.progress;
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  console.log(`${name}: ${begun.toLocaleString('en-US')} runs in ${seconds} s`);
  if (report.error === undefined) return true;
  const kept =
    report.file === undefined
      ? await trier.send({ type: 'keep', name, seed, run: failing || begun, error: report.error })
      : report;
  console.log(`  FAILED, seed ${seed}: ${report.error}\n  kept as ${kept.file ?? kept.error}`);
  return false;
}

const trier = new Trier();
const listed = await trier.send({ type: 'list' });
if (listed.error !== undefined) throw new Error(listed.error);
const names = listed.names
  .filter(({ file, name }) => file.includes(options.only) || name.includes(options.only))
  .map(({ name }) => name);
const broken = new Set();
// Each has its turn, however short the time.
const ms = Math.min(LONGEST_TURN, Math.ceil((end - Date.now()) / Math.max(1, names.length)));
for (let cycle = 0; cycle === 0 || Date.now() < end; cycle++) {
  const left = names.filter((name) => !broken.has(name));
  if (left.length === 0) break;
  for (const name of left) {
    if (cycle > 0 && Date.now() >= end) break;
    if (!(await turn(trier, name, ms))) broken.add(name);
  }
}
await trier.end();
console.log(`\n${names.length - broken.size} passed, ${broken.size} failed`);
process.exitCode = broken.size > 0 || names.length === 0 ? 1 : 0;
