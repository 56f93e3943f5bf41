/** What forgetting leaves: half of a bank is forgotten, a day passes, and it is looked for everywhere. */
import path from 'node:path';
import { nodeDisk } from '../../src/node/journal/disk';
import type { ScaleBank } from './bank';
import { caseIdOf, caseOf, runIdOf } from './cases';
import { sizesOf } from './checkpoint';
import type { LiveCase } from './lived';
import { MOST_SHOWN, type World } from './world';

const DAY_MS = 86_400_000;
/** Cases that are asked about and looked for. */
const SAMPLE = 100;

export interface Forgetting {
  /** Cases before, and of them forgotten. */
  readonly cases: number;
  readonly forgotten: number;
  /** Of so many questions of forgotten cases, asked again. */
  readonly asked: number;
  /** Forgotten cases that a decision named. */
  readonly revenants: number;
  /** Bytes of the newest image before and after the purge. */
  readonly before: number;
  readonly after: number;
  /** Of so many answers, forgotten and kept ones, those of which a word is in a file of the bank. */
  readonly looked: number;
  readonly foundForgotten: number;
  readonly foundKept: number;
}

export async function forgetHalf(
  bank: ScaleBank,
  world: World,
  cases: readonly LiveCase[],
): Promise<Forgetting> {
  const forgotten = cases.filter((_, i) => i % 2 === 1);
  const kept = cases.filter((_, i) => i % 2 === 0);
  // An image of all of it first.
  await purge(bank, kept);
  const before = sizesOf(bank.folder).image;
  await bank.forget(forgotten.map(({ run }) => caseIdOf(run)));
  const asked = sample(forgotten);
  const revenants = await countRevenants(
    bank,
    world,
    asked,
    new Set(forgotten.map(({ run }) => caseIdOf(run))),
  );
  bank.now += 2 * DAY_MS;
  await purge(bank, kept);
  return {
    ...{ cases: cases.length, forgotten: forgotten.length, asked: asked.length, revenants },
    ...{ before, after: sizesOf(bank.folder).image },
    looked: asked.length,
    foundForgotten: countFound(bank.folder, asked),
    foundKept: countFound(bank.folder, sample(kept)),
  };
}

/** Makes an image: the write that follows what was forgotten more than a day ago does. */
async function purge(bank: ScaleBank, kept: readonly LiveCase[]): Promise<void> {
  const [one, another] = kept;
  if (one === undefined || another === undefined) return;
  await bank.judge(caseIdOf(another.run), { reward: 1, reason: null, at: bank.now });
}

const sample = (cases: readonly LiveCase[]): readonly LiveCase[] =>
  cases.filter((_, i) => i % Math.ceil(cases.length / SAMPLE) === 0);

async function countRevenants(
  bank: ScaleBank,
  world: World,
  asked: readonly LiveCase[],
  forgotten: ReadonlySet<string>,
): Promise<number> {
  let revenants = 0;
  for (const { run } of asked) {
    const { text, values } = world.question(run);
    const vector = { encoder: 'simulated', values };
    const rates = { control: 0, drop: 0 };
    const runId = runIdOf(run);
    const request = { runId, question: text, vector, policy: 'learned', k: MOST_SHOWN, rates } as const;
    const { listed, candidates } = await bank.decide({ ...request, now: bank.now });
    const named = [...listed.map((each) => each.case.id), ...candidates.map(({ caseId }) => caseId)];
    revenants += named.filter((id) => forgotten.has(id)).length;
  }
  return revenants;
}

/** Of these cases, those whose answer is in a file of the folder. */
function countFound(folder: string, cases: readonly LiveCase[]): number {
  const answers = cases.map(({ run }) => Buffer.from(caseOf(run, '', 0).answer));
  const found = new Set<Buffer>();
  for (const name of nodeDisk.list(folder)) {
    const bytes = Buffer.from(nodeDisk.read(path.join(folder, name)) ?? []);
    for (const answer of answers) if (bytes.includes(answer)) found.add(answer);
  }
  return found.size;
}
