import { normalise } from '../../common/text';
import type { Case } from '../case';
import { matchingTerms } from './matchingTerms';
import { parseSearch, type SearchPart, textWords } from './searchWords';
import { TermIndex } from './termIndex';

/** Read and indexed at once: some ten milliseconds' work. */
const SLICE = 100;
const QUESTION_WEIGHT = 2;

interface CaseText {
  /** Normalised: the question, then a line for each of the rest. */
  readonly text: string;
  readonly questionLength: number;
  readonly createdAt: number;
}

/**
 * Search in the texts of cases: question, plan, answer, reason and tags. Every word must be found: as it is, inflected or
 * begun; where no case has it so, as a part of a word, and where none has that, with a typo. Scripts without spaces, and
 * what stands in quotes, are found where they stand so. What is found in a question counts twice.
 */
export class CaseTexts {
  readonly #read: (after: string, limit: number) => readonly Case[];
  readonly #texts = new Map<string, CaseText>();
  readonly #index = new TermIndex(2);
  /** The last case that was read; undefined once all were. */
  #upTo: string | undefined = '';

  /** @param read the cases that are not forgotten whose ids are larger than `after`, in the order of these */
  constructor(read: (after: string, limit: number) => readonly Case[]) {
    this.#read = read;
  }

  /** Reads a slice of the cases; false where all are read. */
  prepare(): boolean {
    if (this.#upTo === undefined) return false;
    const cases = this.#read(this.#upTo, SLICE);
    for (const record of cases) this.#put(record);
    this.#upTo = cases.at(-1)?.id;
    return cases.length > 0;
  }

  /** Adds or replaces. What will be read anyway is left to that. */
  set(record: Case): void {
    if (this.#upTo !== '') this.#put(record);
  }

  delete(id: string): void {
    this.#texts.delete(id);
    this.#index.delete(id);
  }

  /** The ids of the cases that match, best first, of equal ones the newest. */
  search(search: string): string[] {
    while (this.prepare());
    const scores = parseSearch(search)
      .map((part) => this.#scores(part))
      .reduce((all, some) => both(all, some));
    const newest = (a: string, b: string) =>
      (this.#texts.get(b)?.createdAt ?? 0) - (this.#texts.get(a)?.createdAt ?? 0) || (a < b ? 1 : -1);
    return [...scores].sort(([a, x], [b, y]) => y - x || newest(a, b)).map(([id]) => id);
  }

  #put(record: Case): void {
    const { id, question, plan, answer, reason, tags, createdAt } = record;
    const rest = [...plan.map((task) => task.description), answer, reason ?? '', ...tags].map(normalise);
    const [title, body] = [normalise(question), rest.join('\n')];
    this.#texts.set(id, { text: `${title}\n${body}`, questionLength: title.length, createdAt });
    this.#index.set(id, [textWords(title), textWords(body)]);
  }

  #scores(part: SearchPart): Scores {
    if (part.kind === 'exact') return this.#containing(part.text);
    const whole = this.#having(part.text, 'inflected');
    if (whole.size > 0) return whole;
    const contained = this.#containing(part.text);
    return contained.size > 0 ? contained : this.#having(part.text, 'misspelt');
  }

  #having(word: string, how: 'inflected' | 'misspelt'): Scores {
    const [title, body] = [0, 1].map((field) => matchingTerms(word, this.#index.terms(field), how));
    const weighted = Array.from(title ?? [], ([term, weight]) => [term, QUESTION_WEIGHT * weight] as const);
    return this.#index.scores([new Map(weighted), body ?? new Map()]);
  }

  #containing(text: string): Scores {
    const scores = new Map<string, number>();
    for (const [id, known] of this.#texts) {
      const at = known.text.indexOf(text);
      if (at >= 0) scores.set(id, at < known.questionLength ? QUESTION_WEIGHT : 1);
    }
    return scores;
  }
}

type Scores = ReadonlyMap<string, number>;

/** The sums of what has both. */
function both(some: Scores, others: Scores): Scores {
  const scores = new Map<string, number>();
  for (const [id, score] of some) {
    const other = others.get(id);
    if (other !== undefined) scores.set(id, score + other);
  }
  return scores;
}
