/** Whether a claim may leave out what stands before, between and behind its words in a passage. */
import { isPastForm } from './forms';
import { type Context, type Gap, isContent, type Judgement } from './gaps';
import type { Lexicon } from './lexicon';
import type { Token } from './tokens';

export function judgeInside(gap: Gap, { lexicon }: Context): Judgement {
  const { source, next } = gap;
  const [head] = source;
  if (!head) return 'said';
  if (source.some(({ word }) => lexicon.negators.has(word))) return 'turned';
  if (next?.first || source.some(({ first }) => first)) return 'other';
  if (head.parted && next?.parted)
    return isOneParenthesis(source) && !isAttributed(source, lexicon) ? 'said' : 'other';
  if (isPossessor(gap) || isOfAll(gap, lexicon) || source.some((token) => isPrivative(token, lexicon)))
    return 'other';
  if (isAgent(source, lexicon) || isFirstOfTwo(gap, lexicon)) return 'said';
  if (source.some((token) => token.weight === 'strict' || lexicon.conjunctions.has(token.word)))
    return 'other';
  if (isMeasured(gap, lexicon)) return 'other';
  // When or where: less is said without it, but nothing else.
  if (lexicon.adverbial.has(head.word)) return 'said';
  return onlyDescribes(gap, lexicon) ? 'said' : 'other';
}

/** A few words, but no numbers; first names, initials and titles go, a surname does not. */
function onlyDescribes({ source, previous, next }: Gap, { mostLeftOut }: Lexicon): boolean {
  const content = source.filter(isContent);
  // In a language that is not known well, a word without weight is none that could go.
  if (mostLeftOut === 0 || content.length > mostLeftOut) return false;
  if (content.some(({ quantity, date }) => quantity ?? date)) return false;
  if (!content.some(({ name }) => name)) return true;
  const beforeName = next?.name === true && !next.parted && source.every(({ name }) => name);
  // John F. Kennedy is John Kennedy, but George H. W. Bush is not George W. Bush.
  const areInitials = source.every(({ initial }) => initial === true) && !previous?.initial && !next?.initial;
  return beforeName && (!previous?.name || areInitials);
}

/** What two commas or brackets enclose; brackets may stand beside it and have commas of their own. */
const isOneParenthesis = (source: readonly Token[]): boolean =>
  source.filter(({ parted, bracketed }) => parted && !bracketed).length <= 1;

/** `Reportedly`, `Ben said`, `according to Ben`, `in the novel`: it begins or ends with what leaves it to others. */
function isAttributed(segment: readonly Token[], { attributions }: Lexicon): boolean {
  return [segment[0], segment[1], segment.at(-1)].some((token) => token && attributions.has(token.word));
}

/** Ben's cat is not Ben. */
const isPossessor = ({ previous, said, source }: Gap): boolean =>
  previous?.possessive === true && said.at(-1)?.possessive !== true && source[0]?.parted === false;

/** All boats of the harbour are not all boats: of a denial and of all, less said is more claimed. */
const isOfAll = ({ said }: Gap, { universals }: Lexicon): boolean =>
  said.some(({ word }) => universals.has(word));

const isPrivative = ({ word, name }: Token, { privatives, nameParts }: Lexicon): boolean =>
  privatives.has(word) || (name && nameParts.has(word));

/** `by Otto Ritter`, after a passive. */
function isAgent(source: readonly Token[], { agents, mostLeftOut }: Lexicon): boolean {
  const [by, ...rest] = source;
  return (
    by !== undefined &&
    agents.has(by.word) &&
    rest.length > 0 &&
    rest.every(({ weight, quantity, parted }) => weight !== 'strict' && !quantity && !parted) &&
    (rest.filter(isContent).length <= mostLeftOut ||
      rest.every(({ name, weight }) => name || weight === 'loose'))
  );
}

/** `She was born in Rome and died in Oslo` says that she died in Oslo. */
function isFirstOfTwo({ source, previous, next }: Gap, lexicon: Lexicon): boolean {
  const { conjunctions, relatives, hedges, conditions, past, present } = lexicon;
  const joint = source.findLastIndex(({ weight, word }) => weight !== 'loose' || conjunctions.has(word));
  const isJoined = source[joint]?.word === 'and';
  const isVerb = (token: Token | undefined) =>
    token !== undefined &&
    !token.name &&
    (past.has(token.word) || present.has(token.word) || /ed$/.test(token.word) || isPastForm(token.word));
  // `Was built and is used`: the second has a verb of its own.
  const hasOwn =
    source[joint + 1] !== undefined && (past.has(previous?.word ?? '') || present.has(previous?.word ?? ''));
  return (
    isJoined &&
    !hasOwn &&
    isVerb(source[joint + 1] ?? next) &&
    !source.some(({ word }) => relatives.has(word) || hedges.has(word) || conditions.has(word))
  );
}

/** Two thirds of the members are not two members. */
const isMeasured = ({ previous, source }: Gap, { prepositions }: Lexicon): boolean =>
  previous?.quantity !== undefined &&
  isContent(source[0]) &&
  source[0]?.parted === false &&
  source.some(({ word }) => prepositions.has(word));

/** What stands before the claim's first word, in its sentence. */
export function judgeHead({ source, next }: Gap, { lexicon }: Context): Judgement {
  if (source.length === 0 || next === undefined || next.first) return 'said';
  const sentence = source.slice(source.findLastIndex(({ first }) => first));
  if (sentence.some(({ word }) => lexicon.conditions.has(word))) return 'other';
  const [opener] = sentence;
  // Were it not for …; had he known …
  if (opener && (lexicon.past.has(opener.word) || lexicon.present.has(opener.word))) return 'other';
  const clause = sentence.slice(
    Math.max(
      0,
      sentence.findLastIndex(({ parted }) => parted),
    ),
  );
  if (isAttributed(clause, lexicon)) return 'other';
  if (next.parted) return 'said';
  if (clause.some(({ word }) => lexicon.negators.has(word))) return 'turned';
  if (clause.some(({ weight }) => weight === 'strict')) return 'other';
  const last = clause.at(-1);
  return last && (lexicon.prepositions.has(last.word) || isPrivative(last, lexicon)) ? 'other' : 'said';
}

/** What stands after the claim's last word, in its sentence. */
export function judgeTail(gap: Gap, { lexicon }: Context): Judgement {
  const { source, previous } = gap;
  const end = source.findIndex(({ first }) => first);
  const sentence = end < 0 ? source : source.slice(0, end);
  const [head] = sentence;
  if (!head) return 'said';
  const clause = head.parted ? [] : segmentAt(sentence, 0);
  const behind = segmentAt(
    sentence,
    sentence.findIndex(({ parted }) => parted),
  );
  if (clause.some(({ word }) => lexicon.negators.has(word) || lexicon.restrictions.has(word))) return 'other';
  const restricts = sentence.some(
    (token, i) => (token.parted || token === head) && isRestriction(token, sentence[i + 1], lexicon),
  );
  if (restricts) return 'other';
  if (isAttributed(behind, lexicon)) return 'other';
  if (head.parted) return 'said';
  if (isPossessor(gap) || isOfAll(gap, lexicon)) return 'other';
  return !previous || endsInPhrase(previous, head, lexicon) || limitsSuperlative(gap, lexicon)
    ? 'other'
    : 'said';
}

/** `…, except on Sundays`, `…, but not Ben`; `…, but it burned down` says something else, and so does `…, not Ben`. */
function isRestriction({ word, parted }: Token, next: Token | undefined, lexicon: Lexicon): boolean {
  if (!lexicon.restrictions.has(word) || word === 'not') return false;
  return word !== 'but' || !parted || next?.weight === 'strict' || next?.name === true;
}

/** From there to the next comma. */
function segmentAt(tokens: readonly Token[], at: number): readonly Token[] {
  if (at < 0) return [];
  const end = tokens.findIndex(({ parted }, i) => i > at && parted);
  return tokens.slice(at, end < 0 ? undefined : end);
}

/** The claim breaks off where no phrase ends: `the drug was given to group` A, `the dam was` built, `$5` a month. */
function endsInPhrase(previous: Token, head: Token, { mostLeftOut }: Lexicon): boolean {
  if (mostLeftOut === 0) return /^\p{Script=Hiragana}/u.test(head.word);
  if (previous.weight !== 'content') return true;
  if (previous.quantity && /^(?:an?|per|each|every)$/.test(head.word)) return true;
  const isAdverb = /(?:ly|ed|ing|en)$/.test(head.word) || isPastForm(head.word);
  return isContent(head) && (head.name || previous.quantity !== undefined || !isAdverb);
}

/** The largest city in Texas is not the largest. */
function limitsSuperlative({ said, source }: Gap, { superlatives, prepositions }: Lexicon): boolean {
  const at = said.findLastIndex(({ word }) => superlatives.has(word));
  const [head, ...rest] = source;
  const isWhen = rest.slice(0, 2).some(({ date, quantity }) => date ?? quantity);
  return (
    at >= 0 &&
    said.slice(at + 1).every(isContent) &&
    head !== undefined &&
    prepositions.has(head.word) &&
    !isWhen
  );
}
