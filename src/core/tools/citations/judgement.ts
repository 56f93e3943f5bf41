/** Whether the differences between a claim and a passage that it is aligned with leave it said. */
import type { Pair } from './alignment';
import type { Lexicon } from './lexicon';
import { areOpposite } from './opposites';
import type { Token } from './tokens';

/** What may be spoken of without being named: who a pronoun of the passage stands for. */
export interface Context {
  readonly lexicon: Lexicon;
  /** What was said before the passage, nearest last, and the title. */
  readonly before: readonly Token[];
  readonly title: readonly Token[];
}

/** `turned`: the passage says the same but for a number, a name, an opposite or a negation. */
export type Judgement = 'said' | 'turned' | 'other';

/** What stands between two pairs on both sides. */
interface Gap {
  readonly claim: readonly Token[];
  readonly source: readonly Token[];
  readonly previous: Token | undefined;
  /** The paired token of the source after the gap. */
  readonly next: Token | undefined;
}

/** What of the passage may be left out between two words of the claim: a few words that only describe. */
const MOST_LEFT_OUT = 3;

export function judge(
  claim: readonly Token[],
  source: readonly Token[],
  pairs: readonly Pair[],
  context: Context,
): Judgement {
  const content = claim.filter(isContent).length;
  const said = pairs.filter(([i]) => isContent(claim[i])).length;
  if (said === 0) return 'other';
  const faults = withoutMoved(gapsOf(claim, source, pairs), context)
    .map((gap) => judgeGap(gap, context))
    .filter((each) => each !== 'said');
  if (faults.length === 0) return 'said';
  const near = said * 2 >= content;
  return near && faults.length === 1 && faults[0] === 'turned' ? 'turned' : 'other';
}

const isContent = (token: Token | undefined): boolean => token?.weight === 'content';

function gapsOf(claim: readonly Token[], source: readonly Token[], pairs: readonly Pair[]): Gap[] {
  const ends: Pair[] = [...pairs, [claim.length, source.length]];
  return ends.map(([i, j], k) => {
    const [a, b] = pairs[k - 1] ?? [-1, -1];
    return {
      claim: claim.slice(a + 1, i),
      source: source.slice(b + 1, j),
      previous: source[b],
      next: source[j],
    };
  });
}

/** An adverbial that stands elsewhere in the passage, word for word, is neither added nor left out. */
function withoutMoved(gaps: readonly Gap[], { lexicon }: Context): readonly Gap[] {
  const settled = [...gaps];
  settled.forEach(({ claim }, from) => {
    const word = claim[0]?.word ?? '';
    const isAnywhere = lexicon.adverbial.has(word);
    if (claim.length < 2 || !(isAnywhere || lexicon.prepositions.has(word))) return;
    const isAtEnd = (gap: number) => gap === 0 || gap === settled.length - 1;
    const to = settled.findIndex(
      ({ source }, gap) =>
        // `From Paris` at an end of both goes with the whole; within, it may tell who of several it was.
        (isAnywhere || (isAtEnd(from) && isAtEnd(gap))) && indexOfRun(claim, source) >= 0,
    );
    const target = settled[to];
    if (!target) return;
    const at = indexOfRun(claim, target.source);
    settled[to] = {
      ...target,
      source: [...target.source.slice(0, at), ...target.source.slice(at + claim.length)],
    };
    settled[from] = { ...(settled[from] ?? target), claim: [] };
  });
  return settled;
}

const sameWord = (a: Token | undefined, b: Token | undefined): boolean => a !== undefined && a.key === b?.key;

function indexOfRun(run: readonly Token[], tokens: readonly Token[]): number {
  if (run.length === 0) return -1;
  return tokens.findIndex((_, at) => run.every((token, i) => sameWord(token, tokens[at + i])));
}

function judgeGap(gap: Gap, context: Context): Judgement {
  const added = gap.claim.filter(({ weight }) => weight !== 'loose');
  if (added.length > 0) return judgeAdded(added, gap, context);
  if (gap.previous === undefined) return judgeHead(gap, context);
  return gap.next === undefined ? judgeTail(gap, context) : judgeInside(gap, context);
}

function judgeAdded(added: readonly Token[], gap: Gap, context: Context): Judgement {
  if (namesTheSource(added, gap, context) || isAntecedent(gap, context) || completesName(gap, context))
    return 'said';
  const { negators } = context.lexicon;
  const left = gap.source.filter(({ weight }) => weight !== 'loose');
  // A claim that says less exactly than its source is still true.
  if (added.every(({ word }) => word === 'about' || word === 'approximately' || word === 'roughly')) {
    return judgeGap({ ...gap, claim: [] }, context);
  }
  const denied = added.some(({ word }) => negators.has(word)) !== left.some(({ word }) => negators.has(word));
  if (denied && added.every(({ word }) => negators.has(word))) return 'turned';
  if (added.length <= 4 && left.length <= 6 && turns(added, left)) return 'turned';
  return 'other';
}

/** A number for another one, a name for another one, a word for its opposite: in the same place. */
function turns(added: readonly Token[], left: readonly Token[]): boolean {
  const measured = (token: Token) => token.quantity !== undefined || token.date !== undefined;
  if (added.some(measured))
    return added.every((token) => measured(token) || token.weight === 'strict') && left.some(measured);
  if (added.some((a) => left.some((b) => areOpposite(a.word, b.word)))) return added.length === 1;
  return added.every(({ name }) => name) && left.length > 0 && left.every(({ name }) => name);
}

/** `According to the report, …`: names the source, or words that any source goes by. */
function namesTheSource(added: readonly Token[], { previous }: Gap, { lexicon, title }: Context): boolean {
  if (previous !== undefined) return false;
  const known = (token: Token) =>
    token.key === TITLE || lexicon.source.has(token.word) || title.some((each) => each.key === token.key);
  return (
    added.some(({ word }) => lexicon.source.has(word)) &&
    added.every((token) => known(token) || token.word === 'to' || token.word === 'by')
  );
}

/** A name in the claim where the passage has a pronoun, or `the city`, and what was said before has the name. */
function isAntecedent({ claim, source, previous }: Gap, context: Context): boolean {
  const { lexicon, before, title } = context;
  const named = trimmed(claim);
  if (named.length === 1 && named[0]?.key === TITLE && isShortTitle(trimmed(source), title)) return true;
  if (!refers(source, previous, lexicon)) return false;
  if (named.some(({ weight, word }) => weight === 'strict' && !lexicon.pronouns.has(word))) return false;
  if (named.length === 1 && named[0]?.key === TITLE) return true;
  if (named.length === 0) return false;
  return indexOfRun(named, title) >= 0 || isOnlySubject(named, before);
}

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
    definite && content.length <= MOST_LEFT_OUT && content.every(({ name, quantity }) => !name && !quantity)
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
function completesName({ claim, source, next }: Gap, { before, title }: Context): boolean {
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

function judgeInside({ source, previous, next }: Gap, { lexicon }: Context): Judgement {
  if (source.length === 0) return 'said';
  if (source.some(({ word }) => lexicon.negators.has(word))) return 'turned';
  if (next?.first || source.some(({ first }) => first)) return 'other';
  if (source[0]?.parted && next?.parted) return 'said';
  const strict = source.some((token) => token.weight === 'strict' || lexicon.conjunctions.has(token.word));
  const content = source.filter(isContent);
  if (strict) return 'other';
  // When or where: less is said without it, but nothing else.
  if (lexicon.adverbial.has(source[0]?.word ?? '')) return 'said';
  if (content.length > MOST_LEFT_OUT) return 'other';
  if (content.some(({ quantity, date }) => quantity ?? date)) return 'other';
  // First names and titles go, a surname does not.
  const named = content.some(({ name }) => name);
  return named && !(next?.name && !next.parted && source.every(({ name }) => name) && !previous?.name)
    ? 'other'
    : 'said';
}

/** What stands before the claim's first word, in its sentence. */
function judgeHead({ source, next }: Gap, { lexicon }: Context): Judgement {
  if (source.length === 0 || next === undefined || next.first) return 'said';
  const sentence = source.slice(source.findLastIndex(({ first }) => first));
  if (sentence.some(({ word }) => lexicon.conditions.has(word))) return 'other';
  if (next.parted) return 'said';
  const clause = sentence.slice(
    Math.max(
      0,
      sentence.findLastIndex(({ parted }) => parted),
    ),
  );
  if (clause.some(({ word }) => lexicon.negators.has(word))) return 'turned';
  if (clause.some(({ weight }) => weight === 'strict')) return 'other';
  const last = clause.at(-1);
  return last && lexicon.prepositions.has(last.word) ? 'other' : 'said';
}

/** What stands after the claim's last word, in its sentence. */
function judgeTail({ source, previous }: Gap, { lexicon }: Context): Judgement {
  const end = source.findIndex(({ first }) => first);
  const sentence = end < 0 ? source : source.slice(0, end);
  const [head] = sentence;
  if (!head) return 'said';
  const parted = sentence.findIndex((token) => token.parted);
  const clause = parted < 0 ? sentence : sentence.slice(0, parted);
  if (clause.some(({ word }) => lexicon.negators.has(word) || lexicon.restrictions.has(word))) return 'other';
  const starts = sentence.filter((token) => token.parted || token === head);
  if (starts.some(({ word }) => lexicon.restrictions.has(word) && word !== 'not')) return 'other';
  return previous?.name && head.name && !head.parted ? 'other' : 'said';
}
