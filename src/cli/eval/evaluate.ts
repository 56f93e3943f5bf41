/** `memento eval`: asks a data set's questions with and without memory, and reports what memory brought. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '../../core/assistant';
import { createAssistant } from '../../core/assistant';
import type { Dataset } from '../../core/evaluation/dataset/question';
import { EvaluationBank } from '../../core/evaluation/evaluationBank';
import { Evaluator, type EvaluationEnd } from '../../core/evaluation/evaluator';
import type { EvaluationSetup, StartedEvaluation } from '../../core/evaluation/setup';
import { pairedSchedule, type Round, schedule } from '../../core/evaluation/schedule/schedule';
import { splitQuestions } from '../../core/evaluation/schedule/split';
import { DEFAULT_K, type PolicyName } from '../../core/memory/retrieved';
import { errnoOf } from '../../node/errno';
import { openCaseBank, type OpenCaseBank } from '../../node/memory';
import type { EvalCommand } from '../arguments';
import type { Host } from '../host';
import { open, type Opened } from '../open';
import { UsageError } from '../values';
import { chooseJudge, defaultReward, refuseUnknownPrices, type Judge } from './models';
import { type BeginningCases, readCases } from './beginningCases';
import { OutFolder, sha256Of } from './outFolder';
import { Progress } from './progress';
import { loadDataset, type LoadedDataset } from './records';
import { writeReport } from './writeReport';

/** The arms read the same passages: 60,000 vectors take 120 MB. */
const REMEMBERED_TEXTS = 60_000;
const DONE = 0;
const EXIT = { failures: 1, cap: 3, cancelled: 130 } as const;

export async function evaluate(command: EvalCommand, host: Host): Promise<number> {
  const all = await loadDataset(command.dataset);
  const dataset = { ...all, questions: all.questions.slice(0, command.limit) };
  const out = new OutFolder(path.resolve(command.out ?? path.join('memento-eval', dataset.name)));
  await keepAnswersApart(command, out);
  const abort = new AbortController();
  const cancel = () => abort.abort();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    return await out.alone(() => evaluateIn(out, dataset, command, host, abort.signal));
  } catch (error) {
    const code = errnoOf(error);
    if (code === undefined) throw error;
    host.complain(
      `The evaluation in ${out.path} cannot be written (${code}). What is there stays, and the same command goes on.`,
    );
    return EXIT.failures;
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
  }
}

/** What is searched has neither the right answers nor the answers of other attempts in it. */
async function keepAnswersApart({ workspace, dataset }: EvalCommand, out: OutFolder): Promise<void> {
  if (workspace === undefined) return;
  const root = await realpath(workspace).catch(() => path.resolve(workspace));
  const found = [
    ['The data set', await realpath(dataset)],
    ['The folder of the results', await realpath(out.path).catch(() => out.path)],
  ].find(([, place]) => isWithin(root, place ?? ''));
  if (found === undefined) return;
  throw new UsageError(
    `${found[0] ?? ''} lies in the folder that is searched, where a run would find the answers: ` +
      (found[0] === 'The data set' ? 'move it elsewhere.' : 'name another one with --out.'),
  );
}

const isWithin = (root: string, place: string): boolean => {
  const relative = path.relative(root, place);
  return !relative.startsWith('..') && !path.isAbsolute(relative);
};

async function evaluateIn(
  out: OutFolder,
  dataset: LoadedDataset,
  command: EvalCommand,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const { root, missing } = await folderOf(out, dataset, command, host);
  const place = { ...command, workspace: root, storage: out.work };
  const opened = await open(place, host, { rememberedTexts: REMEMBERED_TEXTS });
  const banks = new Map<PolicyName, OpenCaseBank>();
  try {
    const judge = await chooseJudge(defaultReward(command, dataset), opened, signal);
    refuseUnknownPrices(command, judge);
    const cases = await readCases(command.cases, opened.ports);
    const split = await splitQuestions(dataset.questions, {
      seed: command.seed,
      heldOutShare: command.heldOutShare,
      remembered: cases?.questions ?? [],
      encoder: opened.ports.encoder,
      signal,
    });
    const rounds = command.paired ? pairedSchedule(split, command) : schedule(split, command);
    const begun = await out.begin(setupOf(dataset, command, judge, cases), opened.ports.clock.now());
    for (const arm of command.arms) {
      if (arm !== 'none') banks.set(arm, await openMemory(out, arm, cases, opened, host));
    }
    const problems = [
      ...dataset.problems,
      ...missing.map((name) => `The file ${name} is not there: its question is asked without it.`),
    ];
    const end = await ask({ out, rounds, banks, judge, begun, command, ports: opened.ports, host, signal });
    await writeReport({ out, begun, split, rounds, problems, end, command, host });
    return end.stopped === undefined ? DONE : EXIT[end.stopped.by];
  } finally {
    await Promise.all([...banks.values()].map((bank) => bank.dispose()));
    await opened.close();
  }
}

/** The user's folder, or one of what came with the questions. */
async function folderOf(
  out: OutFolder,
  { questions, documents, folder }: LoadedDataset,
  { workspace }: EvalCommand,
  host: Host,
): Promise<{ readonly root: string; readonly missing: readonly string[] }> {
  if (workspace !== undefined) return { root: workspace, missing: [] };
  const files = [...new Set(questions.flatMap(({ file }) => file ?? []))];
  if (documents.length + files.length === 0) {
    host.complain(
      'The questions bring nothing to be searched. --workspace names a folder that a run may search.',
    );
  }
  return out.corpus(documents, files, folder);
}

function setupOf(
  dataset: Dataset & { readonly name: string },
  { arms, iterations, paired, heldOutShare, batch, k, seed, workspace, yes }: EvalCommand,
  { reward, names }: Judge,
  cases: BeginningCases | undefined,
): EvaluationSetup {
  const { name, format, questions, documents } = dataset;
  return {
    version: 1,
    dataset: {
      name,
      hash: sha256Of(JSON.stringify({ questions, documents })),
      format,
      questions: questions.length,
    },
    arms,
    iterations,
    paired,
    heldOutShare,
    batch,
    k: k ?? DEFAULT_K,
    seed,
    reward,
    models: names,
    cases: cases?.hash ?? null,
    workspace: workspace === undefined ? '' : path.resolve(workspace),
    approve: yes,
  };
}

async function openMemory(
  out: OutFolder,
  arm: PolicyName,
  cases: BeginningCases | undefined,
  { ports }: Opened,
  { dist }: Host,
): Promise<OpenCaseBank> {
  const workerFile = path.join(dist, 'memory-worker.js');
  const bank = openCaseBank({ folder: await out.memory(arm), workerFile, dist });
  await cases?.addTo(bank, ports.encoder);
  return bank;
}

interface Asking {
  readonly out: OutFolder;
  readonly rounds: readonly Round[];
  readonly banks: ReadonlyMap<PolicyName, OpenCaseBank>;
  readonly judge: Judge;
  readonly begun: StartedEvaluation;
  readonly command: EvalCommand;
  readonly ports: Ports;
  readonly host: Host;
  readonly signal: AbortSignal;
}

async function ask(asking: Asking): Promise<EvaluationEnd> {
  const { out, rounds, banks, judge, begun, command, ports, host, signal } = asking;
  const bank = new EvaluationBank();
  const assistant = createAssistant({ ...ports, bank: bank.bank });
  const known = await out.results();
  const progress = new Progress(rounds.flat().length, known, command, host);
  try {
    const evaluator = new Evaluator(
      {
        assistantOf: () => assistant,
        bank,
        memoryOf: (arm) => memoryOf(banks, arm),
        judge: judge.model,
        reward: judge.reward,
        k: begun.setup.k,
        workers: command.workers,
        prices: command.prices,
        limits: {},
        caps: { cost: command.maxCost, tokens: command.maxTokens },
        approve: command.yes,
        clock: ports.clock,
        startedAt: begun.startedAt,
        append: (result) => out.append(result),
        onResult: (result, done) => progress.tell(result, done),
      },
      known,
    );
    return await evaluator.run(rounds, signal);
  } finally {
    assistant.dispose();
  }
}

function memoryOf(banks: ReadonlyMap<PolicyName, OpenCaseBank>, arm: PolicyName): OpenCaseBank {
  const bank = banks.get(arm);
  if (bank === undefined) throw new Error(`The arm ${arm} has no memory.`);
  return bank;
}
