/** Made-up questions, and a model on loopback that answers right where it is shown an accepted case of their kind. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ledgerAnswer, ledgerQuestions } from '../../test/fakes/ledgers';
import { startModelServer } from '../../test/fakes/modelServer';

export interface Ledgers {
  /** Of the questions. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export async function startLedgers(folder: string): Promise<Ledgers> {
  const file = path.join(folder, 'ledgers.jsonl');
  await writeFile(
    file,
    ledgerQuestions(2)
      .map((question) => JSON.stringify(question))
      .join('\n'),
  );
  const server = await startModelServer({
    replies: ({ body }) => ({
      text: ledgerAnswer(body.messages.map(({ content }) => content ?? '').join('\n')),
    }),
  });
  return {
    file,
    env: { OPENAI_BASE_URL: server.url, MEMENTO_PLANNER_MODEL: 'test-model' },
    close: () => server.close(),
  };
}
