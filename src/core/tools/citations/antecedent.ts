/** What a claim may call by name where its passage does not: a pronoun, the title, a surname. */
import { type Context, type Gap, indexOfRun, isContent, sameWord } from './gaps';
import type { Lexicon } from './lexicon';
import type { Token } from './tokens';

/** `According to the report, …`: names the source, or words that any source goes by. */
export function namesTheSource(
  added: readonly Token[],
  { previous }: Gap,
  { lexicon, title }: Context,
): boolean {
  if (previous !== undefined) return false;
  const known = (token: Token) =>
    token.key === TITLE || lexicon.source.has(token.word) || title.some((each) => each.key === token.key);
  return (
    added.some(({ word }) => lexicon.source.has(word)) &&
    added.every((token) => known(token) || token.word === 'to' || token.word === 'by')
  );
}

/** A name in the claim where the passage has a pronoun, or `the city`, and what was said before has the name. */
export function isAntecedent({ claim, source, previous }: Gap, context: Context): boolean {
  const { lexicon, before, title } = context;
  const named = trimmed(claim);
  if (named.length === 1 && named[0]?.key === TITLE && isShortTitle(trimmed(source), title)) return true;
  if (!refers(source, previous, lexicon)) return false;
  if (named.some(({ weight, word }) => weight === 'strict' && !lexicon.pronouns.has(word))) return false;
  if (named.length === 1 && named[0]?.key === TITLE) return true;
  if (named.length === 0) return false;
  return isPartOf(named, title) || isOnlySubject(named, before);
}

/** Only names are shortened: Curie is Marie Curie, but law is more than criminal law. */
const isPartOf = (named: readonly Token[], title: readonly Token[]): boolean =>
  indexOfRun(named, title) >= 0 &&
  (named.length === trimmed(title).length || title.filter(isContent).every(({ name }) => name));

/** The previous sentence begins with the name and has no other: whoever else it named could be meant. */
function isOnlySubject(named: readonly Token[], before: readonly Token[]): boolean {
  if (!named.some(({ name }) => name)) return false;
  const starts = before.flatMap(({ first }, at) => (first ? [at] : []));
  return starts.slice(-3).some((start, i, last) => {
    const sentence = before.slice(start, last[i + 1]);
    const begins = sentence.slice(sentence.findIndex(isContent));
    const names = sentence.filter(({ name, weight }) => name && weight === 'content').length;
    return indexOfRun(named, begins) === 0 && names === named.filter(({ name }) => name).length;
  });
}

/** `the Order`, `the NRA`: words of the title, or its initials. */
function isShortTitle(source: readonly Token[], title: readonly Token[]): boolean {
  const content = title.filter(isContent);
  const initials = content.map(({ word }) => word.charAt(0)).join('');
  const [only, ...more] = source;
  if (only && more.length === 0 && initials.length > 1 && only.word === initials) return true;
  return (
    source.length > 0 && source.every((token) => token.name && content.some((each) => sameWord(each, token)))
  );
}

/** A pronoun, or an article and a few words in lower case. */
function refers(source: readonly Token[], previous: Token | undefined, lexicon: Lexicon): boolean {
  const [head] = source;
  if (!head || source.some(({ weight, word }) => weight === 'strict' && !lexicon.pronouns.has(word)))
    return false;
  const content = source.filter((token) => isContent(token) && !lexicon.pronouns.has(token.word));
  if (content.length === 0) return source.filter(({ word }) => lexicon.pronouns.has(word)).length === 1;
  const definite = [head, ...(previous && !head.parted ? [previous] : [])].some(({ word }) =>
    lexicon.determiners.has(word),
  );
  return (
    definite &&
    content.length <= lexicon.mostLeftOut &&
    content.every(({ name, quantity }) => !name && !quantity)
  );
}

/** The key of a token that stands for the whole title. */
const TITLE = 'the title';

/** The claim with the title as one token, where the passage does not have it: a name of what it is all about. */
export function withTitle(
  claim: readonly Token[],
  passage: readonly Token[],
  title: readonly Token[],
): readonly Token[] {
  const name = trimmed(title);
  const at = indexOfRun(name, claim);
  const [first] = claim.slice(at);
  const last = claim[at + name.length - 1];
  if (at < 0 || !first || !last || indexOfRun(name, passage) >= 0) return claim;
  const { date: _, quantity: __, ...rest } = first;
  const whole: Token = { ...rest, end: last.end, word: TITLE, key: TITLE, weight: 'content', name: true };
  return [...claim.slice(0, at), whole, ...claim.slice(at + name.length)];
}

/** Without articles and prepositions at its ends. */
function trimmed(tokens: readonly Token[]): readonly Token[] {
  const from = tokens.findIndex(isContent);
  const to = tokens.findLastIndex(isContent);
  return from < 0 ? [] : tokens.slice(from, to + 1);
}

/** `Marie Curie` for `Curie`, where the source calls only one Curie by a first name. */
export function completesName({ claim, source, next }: Gap, { before, title }: Context): boolean {
  if (!next?.name || source.length > 0 || claim.length === 0 || !claim.every(({ name }) => name))
    return false;
  const full = [...claim, next];
  const known = [...before, ...title];
  if (indexOfRun(full, known) < 0) return false;
  return known.every((token, at) => {
    const first = known[at - 1];
    return (
      !sameWord(token, next) ||
      first?.name !== true ||
      token.parted ||
      token.first ||
      sameWord(first, claim.at(-1))
    );
  });
}

/** `UK` for the United Kingdom: its first letters. */
export function isAcronym(added: readonly Token[], left: readonly Token[]): boolean {
  const [short, ...more] = added;
  const names = left.filter(isContent);
  return (
    short !== undefined &&
    more.length === 0 &&
    short.name &&
    names.length > 1 &&
    names.every(({ name }) => name) &&
    names.map(({ word }) => word.charAt(0)).join('') === short.word
  );
}
