/** One more look where it is worth it: for what the user said meanwhile, for names that nothing found contains. */
import { lexicalTokens, stem, words } from '../../common/text';
import type { TaskRecord } from '../roles';
import { analyseQuestion } from './questionType';
import { describe, parseTask, type TaskKind } from './taskKinds';

const SAID = 'As you said: ';

/** A search that takes up the first thing the user said that no task has taken up. */
export function steeringTask(
  question: string,
  steering: readonly string[],
  tasks: readonly TaskRecord[],
): string | undefined {
  const taken = tasks.filter(({ task }) => task.description.startsWith(SAID)).length;
  const said = steering[taken]?.trim();
  if (said === undefined || said === '') return undefined;
  const names = analyseQuestion(question).names.join(' ');
  return SAID + describe({ kind: 'search', query: `${said} ${names}`.trim() });
}

/** A search for the question's names alone, once, where a name occurs in nothing that was found. */
export function missingNames(question: string, tasks: readonly TaskRecord[]): TaskKind | undefined {
  if (!tasks.some(({ task }) => parseTask(task.description).kind === 'search')) return undefined;
  const { names } = analyseQuestion(question);
  const found = new Set(
    tasks.flatMap(({ evidence }) =>
      evidence.flatMap(({ source, title, text }) => lexicalTokens(`${source} ${title} ${text}`)),
    ),
  );
  const missing = names.filter((name) =>
    words(name)
      .map(stem)
      .some((term) => !found.has(term)),
  );
  const query = missing.join(' ');
  const searched = tasks.some(({ task }) => task.description === describe({ kind: 'search', query }));
  return query === '' || searched ? undefined : { kind: 'search', query };
}
