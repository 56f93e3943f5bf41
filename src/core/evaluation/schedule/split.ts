/** Which questions are judged, so that the memory learns from them, and which are held out. */
import { SeededRandom } from '../../memory/policy/random';
import type { Encoder } from '../../ports';
import type { EvalQuestion } from '../dataset/question';
import { NearDuplicates } from './nearDuplicates';

export interface LearnQuestion {
  readonly question: EvalQuestion;
  /** Id of an earlier one that it repeats: memory may simply return that one's answer. */
  readonly repeats: string | undefined;
}

export interface Split {
  /** In the order in which they are asked. */
  readonly learn: readonly LearnQuestion[];
  /** Never judged, and none of them repeats one that is. */
  readonly heldOut: readonly EvalQuestion[];
  /** Taken out of those held out. */
  readonly removed: readonly { readonly question: EvalQuestion; readonly repeats: string }[];
}

export interface SplitOptions {
  readonly seed: number;
  /** In [0, 1]. */
  readonly heldOutShare: number;
  /** Questions of cases that the memory starts with. */
  readonly remembered: readonly string[];
  readonly encoder: Encoder;
  readonly signal: AbortSignal;
}

export async function splitQuestions(
  questions: readonly EvalQuestion[],
  { seed, heldOutShare, remembered, encoder, signal }: SplitOptions,
): Promise<Split> {
  const shuffled = shuffle(questions, new SeededRandom(seed));
  const count = Math.round(shuffled.length * heldOutShare);
  const [held, learned] = [shuffled.slice(0, count), shuffled.slice(count)];
  const texts = [...questions.map(({ question }) => question), ...remembered];
  const known = await NearDuplicates.of(encoder, texts, signal);
  const names: string[] = [];
  const find = (text: string) => {
    const index = known.find(text);
    return index === undefined ? undefined : names[index];
  };
  const add = (name: string, text: string) => {
    names.push(name);
    known.add(text);
  };
  for (const text of remembered) add('a case that the memory began with', text);
  const learn = learned.map((question) => {
    const repeats = find(question.question);
    add(question.id, question.question);
    return { question, repeats };
  });
  const heldOut: EvalQuestion[] = [];
  const removed: { question: EvalQuestion; repeats: string }[] = [];
  for (const question of held) {
    const repeats = find(question.question);
    if (repeats === undefined) heldOut.push(question);
    else removed.push({ question, repeats });
  }
  return { learn, heldOut, removed };
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: SeededRandom): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const [a, b] = [shuffled[i], shuffled[j]];
    if (a === undefined || b === undefined) continue;
    [shuffled[i], shuffled[j]] = [b, a];
  }
  return shuffled;
}
