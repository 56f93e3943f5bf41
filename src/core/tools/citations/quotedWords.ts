/** The quotations in a claim, and what the claim says around them. */
import { isUnspaced } from './plainText';

const QUOTED =
  /“([^”]+)”|„([^“”]+)[“”]|"([^"]+)"|«([^»]+)»|»([^«]+)«|「([^」]+)」|『([^』]+)』|(?<![\p{L}\p{N}])‘([^‘]+)’(?![\p{L}\p{N}])/gu;
/** Words in quotation marks this short are a name or a term, not a quotation that could prove anything. */
const MIN_QUOTE = 12;
const MIN_UNSPACED = 6;

export interface Quoting {
  readonly quotations: readonly string[];
  /** The claim without its quotations. */
  readonly around: string;
}

export function quotingOf(claim: string): Quoting {
  const quotations: string[] = [];
  const around = claim.replace(QUOTED, (whole: string, ...groups: readonly unknown[]) => {
    const words = groups.find((group, i) => i < 8 && typeof group === 'string');
    if (typeof words !== 'string' || !provesSomething(words.trim())) return whole;
    quotations.push(words.trim());
    return ' ';
  });
  // “Hey Jude” is a song, a “robber baron” a metaphor: among other words these are named, not quoted.
  const said = quotations.filter((words) => !isTitle(words) && !isTerm(words));
  if (said.length < quotations.length && /\p{L}/u.test(around)) {
    return { quotations: said, around: said.length === 0 ? claim : around };
  }
  return { quotations, around };
}

/** Every word but the small ones begins with a capital or is a number. */
const isTitle = (words: string): boolean =>
  (words.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu) ?? []).every(
    (word) => SMALL.test(word) || !/^\p{Ll}|^\p{Lo}/u.test(word),
  );
/** Of at most three words. */
const isTerm = (words: string): boolean =>
  words.split(/\s+/).length <= 3 && words.length < 24 && !Array.from(words).some(isUnspaced);

const SMALL =
  /^(?:an?|the|of|in|on|at|to|from|by|for|with|and|or|der|die|das|und|von|de|du|des|la|le|les|et|el|los|y)$/iu;

const provesSomething = (words: string): boolean =>
  words.length >= MIN_QUOTE || (words.length >= MIN_UNSPACED && Array.from(words).some(isUnspaced));

/** `"Addicted" is the second single after "Scattered"`: two quotations and not one. */
const CLOSES_FIRST = /^[^"“„«]*[^\s"“„«(]["”»](?=[\s,.;:)]|'s)/;

/** A claim that is one quotation from its first mark to its last, with others inside. */
export function outermost(claim: string): string | undefined {
  const match = /^["“„«»「](.+)["”“»«」][.,;:!?]*$/su.exec(claim.trim());
  const words = match?.[1]?.trim() ?? '';
  return provesSomething(words) && !CLOSES_FIRST.test(words) ? words : undefined;
}
