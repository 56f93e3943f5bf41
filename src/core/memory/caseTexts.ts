import { normalise } from '../common/text';
import type { Case } from './case';

/**
 * What is searched in a list of cases: every word must be found in question, plan, answer or reason, as a part of a
 * word too, so that a search narrows while it is typed, in scripts without spaces as well.
 */
export class CaseTexts {
  readonly #texts = new Map<string, string>();

  constructor(cases: readonly Case[]) {
    for (const record of cases) this.set(record);
  }

  set(record: Case): void {
    const { question, plan, answer, reason } = record;
    const parts = [question, ...plan.map((task) => task.description), answer, reason ?? ''];
    this.#texts.set(record.id, normalise(parts.join('\n')));
  }

  matches(id: string, search: string): boolean {
    const text = this.#texts.get(id) ?? '';
    return normalise(search)
      .split(' ')
      .every((word) => text.includes(word));
  }
}
