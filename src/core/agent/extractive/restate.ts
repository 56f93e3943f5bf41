/** A follow-up made to stand alone, by rule: what it refers to is taken from the question before it. */
import { words } from '../../common/text';
import type { ConversationTurn } from '../conversation';
import { analyseQuestion } from './questionType';

/** Words that point back at what was said. */
const POINTS_BACK = new Set(
  'it its they them their theirs he him his she her hers this that these those there then one ones same'.split(
    ' ',
  ),
);
/** Beginnings of a question that goes on from the one before. */
const GOES_ON = /^\s*(?:and|but|or|what about|how about|also|why|und|et|y)\b/i;

export function restate(question: string, turns: readonly ConversationTurn[]): string {
  const before = turns.at(-1);
  if (!before) return question;
  const { names } = analyseQuestion(question);
  const pointsBack = words(question).some((word) => POINTS_BACK.has(word)) || GOES_ON.test(question);
  if (!pointsBack) return question;
  const known = new Set(names.flatMap((name) => words(name)));
  const missing = subjectsOf(before).filter((name) => !words(name).every((word) => known.has(word)));
  return missing.length === 0 ? question : `${question.replace(/[\s?？]+$/, '')} (${missing.join(', ')})?`;
}

/** What the question before was about: its names, else what it asked of; and its answer, where that is a name. */
function subjectsOf({ question, shortAnswer }: ConversationTurn): readonly string[] {
  const { names, surface } = analyseQuestion(question);
  const about = names.length > 0 ? names : [[...surface.values()].join(' ')];
  const answered = /^\p{Lu}/u.test(shortAnswer) && shortAnswer.length <= 60 ? [shortAnswer] : [];
  return [...about, ...answered].filter((name) => name !== '');
}
