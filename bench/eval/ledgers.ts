/** Made-up questions, and a model on loopback that answers right where it is shown an accepted case of their kind. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startModelServer } from '../../test/fakes/modelServer';

const RIVERS = [
  'Orla',
  'Ende',
  'Saal',
  'Ruhn',
  'Isk',
  'Tamm',
  'Werr',
  'Nahl',
  'Lenn',
  'Oster',
  'Fuld',
  'Elz',
];
const THINGS = ['otters', 'granite', 'violins', 'tariffs', 'comets', 'yeast', 'harbours', 'glaciers'];

export interface Ledgers {
  /** Of the questions. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** It knows a third of the answers without memory, and all of them with an accepted case before its eyes. */
export async function startLedgers(folder: string): Promise<Ledgers> {
  const questions = RIVERS.flatMap((river, r) =>
    [0, 1].map((n) => ({
      question: `Which ledger of the river ${river} lists ${THINGS[(3 * r + 5 * n) % THINGS.length] ?? ''}?`,
      ground_truth: `ledger ${river}`,
    })),
  );
  const file = path.join(folder, 'ledgers.jsonl');
  await writeFile(file, questions.map((question) => JSON.stringify(question)).join('\n'));
  const server = await startModelServer({
    replies: ({ body }) => {
      const prompt = body.messages.map(({ content }) => content ?? '').join('\n');
      const river = /river (\w+) lists/.exec(prompt.split('Past cases')[0] ?? '')?.[1] ?? '';
      const knows = prompt.includes('judged="accepted"') || RIVERS.indexOf(river) % 3 === 0;
      const shortAnswer = knows ? `ledger ${river}` : 'not known';
      return { text: JSON.stringify({ answer: `It is ${shortAnswer}.`, shortAnswer }) };
    },
  });
  return {
    file,
    env: { OPENAI_BASE_URL: server.url, MEMENTO_PLANNER_MODEL: 'test-model' },
    close: () => server.close(),
  };
}
