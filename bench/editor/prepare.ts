/** The world of test/budget: a memory of 10,000 cases, and a scripted model in a process that is not the editor's. */
import path from 'node:path';
import { SeededRandom } from '../../src/core/memory/policy/random';
import { WORKER_ENCODER_ID } from '../../src/node/encoder';
import { openCaseBank } from '../../src/node/memory';
import { openProject } from '../../src/node/project';
import { someCase } from '../../test/fakes/memoryBank';
import { startModelServer, type ModelRequest, type ScriptedReply } from '../../test/fakes/modelServer';

const CASES = 10_000;
const DIMENSIONS = 512;
const dist = path.resolve(import.meta.dirname, '../../dist');

interface Sandbox {
  readonly workspace: string;
  readonly userDataDir: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Called by test/editor/run.mjs before the editor starts; what it returns are variables of the extension host. */
export default async function prepare(sandbox: Sandbox): Promise<Readonly<Record<string, string>>> {
  await fillMemory(sandbox);
  const model = await startModelServer({ replies: replyTo });
  return { MEMENTO_BUDGET_MODEL: model.url };
}

async function fillMemory({ workspace, environment }: Sandbox): Promise<void> {
  const { folder } = await openProject({
    folder: workspace,
    dataDirectory: path.join(environment.XDG_DATA_HOME ?? '', 'memento'),
  });
  const bank = openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
  const random = new SeededRandom(1);
  await bank.importAll(
    Array.from({ length: CASES }, (_, n) => ({
      type: 'case' as const,
      case: someCase({
        question: `How many of the ${n} soundings off pier ${n % 97} were taken at low water?`,
        reward: n % 3 === 0 ? 0 : 1,
        judgedAt: n + 1,
        createdAt: n,
      }),
      vectors: [{ encoder: WORKER_ENCODER_ID, values: someDirection(random) }],
    })),
  );
  await bank.dispose();
}

const someDirection = (random: SeededRandom): Float32Array =>
  Float32Array.from({ length: DIMENSIONS }, () => random.normal() / Math.sqrt(DIMENSIONS));

const PLAN = {
  plan: ['the notes', 'the minutes', 'the protocols', 'the data'].map((where, i) => ({
    id: i + 1,
    description: `Search ${where}`,
    dependsOn: [],
  })),
};
/** About 2,500 pieces of a stream. */
const ANSWER = {
  answer: 'It is 41 m deep at the buoy, and less at the pier. '.repeat(400),
  shortAnswer: '41 m',
};

/** Four tasks that search the workspace at once, then a long answer. */
function replyTo({ body: { messages } }: ModelRequest): ScriptedReply {
  const last = messages.at(-1);
  if (last?.role === 'tool') return { text: 'It is 41 m deep [e1].' };
  const task = /Your task: (.*)/.exec(last?.content ?? '')?.[1];
  if (task !== undefined) {
    return { toolCalls: [{ name: 'search_workspace', arguments: { query: `${task}: depth of the lake` } }] };
  }
  const isDone = (last?.content ?? '').includes('41 m deep');
  return { text: JSON.stringify(isDone ? ANSWER : PLAN) };
}
