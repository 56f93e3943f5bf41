/** Whether evidence says a claim: in a sentence, in two adjacent ones, or clause by clause. */
import { align } from './alignment';
import type { ClaimCheck } from './citation';
import type { EvidenceText, Passage } from './evidenceText';
import { withTitle } from './antecedent';
import type { Judgement } from './gaps';
import { judge } from './judgement';
import { plainText } from './plainText';
import { ELLIPSIS, findQuote, type Range } from './quotation';
import { isSame } from './sameness';
import { type Token, tokensOf } from './tokens';

/** Where a piece of evidence says (or contradicts) the claim or a clause of it. */
export interface Standing {
  readonly id: string;
  readonly range: Range;
}

export interface Finding {
  readonly claim: ClaimCheck;
  readonly standings: readonly Standing[];
}

const NOTHING: Finding = { claim: 'unchecked', standings: [] };
/** Of the claim's words a passage must have so many to be compared word by word. */
const ENOUGH = 0.5;
const CLAUSE = /[;；]\s*|,?\s+(?:and|but|while|whereas|und|aber|während|et|mais|tandis que|y|pero)\s+|，/iu;

/**
 * `lead` is what the answer's sentence says before the claim: the subject of a claim that has none itself, which the
 * evidence must then speak of.
 */
export function findSupport(claim: string, sources: readonly EvidenceText[], lead = ''): Finding {
  const whole = findWhole(claim, sources, lead);
  if (whole.claim !== 'unchecked') return whole;
  return findByClauses(claim, sources, lead);
}

function findWhole(claim: string, sources: readonly EvidenceText[], lead: string): Finding {
  let contradicted: Standing | undefined;
  for (const source of sources) {
    const found = findIn(claim, source, lead);
    if (found?.judgement === 'said') return { claim: 'supported', standings: [found.standing] };
    if (found?.judgement === 'turned') contradicted ??= found.standing;
  }
  return contradicted ? { claim: 'contradicted', standings: [contradicted] } : NOTHING;
}

/** Each clause by a piece of evidence of its own; one that is contradicted contradicts all. */
function findByClauses(claim: string, sources: readonly EvidenceText[], lead: string): Finding {
  const clauses = claim.split(CLAUSE).filter((clause) => clause.trim() !== '');
  if (clauses.length < 2) return NOTHING;
  const standings: Standing[] = [];
  let [supported, said] = [true, lead];
  for (const clause of clauses) {
    const found = findWhole(clause, sources, said);
    if (found.claim === 'contradicted') return found;
    supported &&= found.claim === 'supported';
    standings.push(...found.standings);
    said += ` ${clause}`;
  }
  return supported ? { claim: 'supported', standings } : NOTHING;
}

function findIn(
  claim: string,
  source: EvidenceText,
  lead: string,
): { readonly judgement: Judgement; readonly standing: Standing } | undefined {
  const tokens = tokensOf(plainText(claim), source.language);
  const known = new Set(source.title.map(({ key }) => key));
  const words = new Set(
    tokens.filter((token) => isWord(token) && !known.has(token.key)).map(({ key }) => key),
  );
  if (!tokens.some(({ weight }) => weight === 'content')) return undefined;
  const subjects = subjectOf(tokensOf(plainText(lead), source.language));
  const verbatim = wholeSentences(claim, tokens, source);
  if (verbatim && subjects.size === 0)
    return { judgement: 'said', standing: { id: source.id, range: verbatim } };
  let turned: Passage | undefined;
  for (const passage of source.passages) {
    const shared = new Set(passage.tokens.filter(({ key }) => words.has(key)).map(({ key }) => key));
    if (shared.size < words.size * ENOUGH || asks(source, passage.range, claim)) continue;
    const judgement = judgePassage(tokens, passage, source, subjects);
    if (judgement === 'said') return { judgement, standing: { id: source.id, range: passage.range } };
    if (judgement === 'turned') turned ??= passage;
  }
  return turned && { judgement: 'turned', standing: { id: source.id, range: turned.range } };
}

/** Where the claim stands word for word, from the beginning of a sentence to the end of one. */
function wholeSentences(claim: string, said: readonly Token[], source: EvidenceText): Range | undefined {
  const [range, ...more] = findQuote(claim, source.haystack);
  if (!range || more.length > 0 || ELLIPSIS.test(claim)) return undefined;
  const { origins } = source.haystack.plain;
  const begins = source.passages.some((passage) => passage.range.start === range.start);
  const there = source.tokens.filter(
    ({ start, end }) => (origins[end - 1] ?? 0) >= range.start && (origins[start] ?? 0) < range.end,
  );
  // What is compared as a quotation has no capitals and no signs: -v is there as -V.
  const isSaid = there.length === said.length && there.every((token, i) => isSame(said[i] ?? token, token));
  const ends = source.passages.some(
    ({ range: { start, end }, tokens }) =>
      start <= range.start &&
      end >= range.end &&
      !tokens.some((token) => (origins[token.start] ?? 0) >= range.end),
  );
  return begins && ends && isSaid && !asks(source, range, claim) ? range : undefined;
}

/** A question says nothing; a title may end with its mark: `Who Wants to Be a Millionaire?` */
function asks({ text, language }: EvidenceText, { start, end }: Range, claim: string): boolean {
  const passage = text.slice(start, end + 1).trimEnd();
  if (!/[?？]["”’»)]*$/.test(passage) || /[?？]/.test(claim)) return false;
  return language !== 'en' || ASKING.test(passage);
}

const ASKING =
  /^["“‘(*_\s]*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|who|whom|whose|which|what|when|where|why|how)\b/i;

const isWord = ({ weight, quantity, date }: Token) => weight === 'content' && !quantity && !date;
const contentKeys = (tokens: readonly Token[]) =>
  new Set(tokens.filter(({ weight, quantity }) => weight === 'content' && !quantity).map(({ key }) => key));

function judgePassage(
  claim: readonly Token[],
  passage: Passage,
  source: EvidenceText,
  subjects: ReadonlySet<string>,
): Judgement {
  const { lexicon, title } = source;
  const named = withTitle(claim, passage.tokens, title);
  const pairs = align(named, passage.tokens);
  const before = source.tokens.slice(0, passage.at);
  const judgement = judge(named, passage.tokens, pairs, {
    lexicon,
    title,
    before: [...before, ...passage.tokens],
  });
  if (judgement !== 'said' || subjects.size === 0) return judgement;
  const from = passage.tokens.findLastIndex(({ first }, at) => first && at <= (pairs[0]?.[1] ?? 0));
  const head = passage.tokens.slice(Math.max(0, from), pairs[0]?.[1] ?? 0);
  if (head.length === 0) return 'said';
  const leftOut = contentKeys(head.filter(({ word }) => !lexicon.pronouns.has(word)));
  // What stands before the claim's first word is its subject there. A pronoun stands for something said before.
  const there = leftOut.size > 0 ? leftOut : contentKeys([...title, ...before, ...passage.tokens]);
  return [...there].some((key) => subjects.has(key)) ? 'said' : 'other';
}

/** The first words that are spoken of: `old mill` of `The old mill at the bridge is …`. */
function subjectOf(tokens: readonly Token[]): ReadonlySet<string> {
  const from = tokens.findIndex(({ weight }) => weight === 'content');
  const rest = tokens.slice(Math.max(0, from));
  const end = rest.findIndex(({ weight }) => weight !== 'content');
  return contentKeys(end < 0 ? rest : rest.slice(0, end));
}
