/** A question of several parts, and a comparison of two things, as questions of their own. */
import { namesOf, surfaceTerms } from './questionWords';

const WH = '(?:who|whom|whose|what|which|when|where|why|how)';
const BETWEEN = new RegExp(
  `(?<=[?？])\\s*|[,;]?\\s+and\\s+(?=(?:in |on |at |by |for |with |from )?${WH}\\b)`,
  'iu',
);
const MOST_PARTS = 4;
const PRONOUN = /\b(?:it|its|they|them|their|he|him|his|she|her)\b/iu;
/** `her` may be either: taken for the person. */
const OWNER = /^(?:its|their|his)$/i;
/** `and when?` is a question about what the first part says; `and why?` wants the same passage. */
const FACT =
  /^\W*(?:and\s+)?(?:(?:in|on|at|by|for|with|from)\s+)?(?:who|whom|whose|what|which|when|where)\b/iu;
const ASKS = new RegExp(`^\\W*${WH}\\s+`, 'iu');
const PARTICIPLE = /(?<=\s\S+)\s+\p{Ll}+(?:ed|ught)$/u;
const NOUN_PHRASE =
  /\b(?:the|an?|each|every|which|what)\s+((?:(?!(?:and|or|of|in|on|at|to|for|from|by|with|is|are|was|were|did|do|does|has|have|had|the|an?|its|his|her|their)\b)[\p{L}\p{N}-]+\s*){1,3})/giu;
const NAMED =
  '(?:the\\s+)?[\\p{Lu}\\p{N}"“][\\p{L}\\p{N}\'’."”()-]*(?:\\s+(?:(?:of|the|de|van|von)\\s+)?[\\p{Lu}\\p{N}(][\\p{L}\\p{N}\'’."”()-]*)*';
const EITHER = new RegExp(`(${NAMED})\\s*,?\\s+or\\s+(${NAMED})`, 'u');
const BOTH = new RegExp(
  `\\b(?:both|between|compare|of)\\s+(?:[\\p{Ll}]+,?\\s+){0,3}?(${NAMED})\\s*,?\\s+(?:and|with)\\s+(${NAMED})`,
  'u',
);
const COMPARES =
  /\b(?:compare|differ\w*|versus|vs|more|less|larger|smaller|older|younger|first|earlier|later|higher|lower|deeper|cheaper|same|both|\p{Ll}{3,}er than)\b/iu;

export interface Comparison {
  readonly sides: readonly [string, string];
  /** The question with each side alone. */
  readonly parts: readonly [string, string];
}

export interface QuestionPart {
  /** For a reader: the part as it was asked, or the side of a comparison. */
  readonly label: string;
  /** The part as a question that stands alone: what a pronoun in it refers to is put in its place. */
  readonly text: string;
}

/** Its parts in order; a question that is one is its own only part. */
export function questionParts(text: string): readonly QuestionPart[] {
  const [first, ...later] = joined(text.split(BETWEEN), text).slice(0, MOST_PARTS);
  if (first !== undefined && later.length > 0) {
    return [first, ...later].map((part, i) => ({
      label: labelOf(part),
      text: i === 0 ? part : standingAlone(part, first),
    }));
  }
  const compared = comparison(text);
  if (compared === undefined) return [{ label: labelOf(text), text: text.trim() }];
  return compared.parts.map((part, i) => ({ label: labelOf(compared.sides[i] ?? part), text: part }));
}

/** `Who decided it, and why?`: a piece with nothing of its own belongs to its neighbour, unless it asks for a fact. */
function joined(pieces: readonly string[], text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let start = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    from = at + piece.length;
    if (piece.trim() === '') continue;
    const alone = hasContent(piece) || FACT.test(piece);
    const before = parts.at(-1);
    if (before !== undefined && (!alone || !hasContent(before))) {
      parts[parts.length - 1] = text.slice(start, from).trim();
    } else {
      start = at;
      parts.push(piece.trim());
    }
  }
  return parts;
}

const hasContent = (part: string): boolean => surfaceTerms(part).size > 0;

/** What a later part's pronoun stands for: the first part's first name with its noun, else its first noun phrase. */
function referentOf(first: string): string {
  const phrases = Array.from(first.matchAll(NOUN_PHRASE), ([phrase, noun = '']) =>
    (/^(?:which|what)/i.test(phrase) ? `the ${noun}` : phrase).trim().replace(PARTICIPLE, ''),
  ).filter(hasContent);
  const name = namesOf(first).find((each) => /\p{L}/u.test(each));
  if (name === undefined) return phrases[0] ?? [...surfaceTerms(first).values()].join(' ');
  // After `did` the name is followed by a verb, else perhaps by its noun: the old Secchi disk.
  const whole = /\b(?:did|do|does)\b/i.test(first)
    ? undefined
    : phrases.find((phrase) => phrase.includes(name));
  return whole ?? (first.includes(`the ${name}`) ? `the ${name}` : name);
}

function standingAlone(part: string, first: string): string {
  const referent = referentOf(first);
  if (namesOf(part).some((name) => /\p{L}/u.test(name)) || referent === '') return part;
  const replaced = part.replace(PRONOUN, (word) => (OWNER.test(word) ? `${referent}’s` : referent));
  if (replaced !== part || surfaceTerms(part).size > 1) return replaced;
  if (!hasContent(part)) return `${part.replace(/[\s?？]+$/u, '')} ${first.replace(ASKS, '')}`;
  return `${part.replace(/[\s?？]+$/u, '')} ${referent}?`;
}

/** Without the marks that would make it a quotation. */
const labelOf = (part: string): string =>
  part
    .replace(/[“”"«»]/g, '')
    .replace(/[\s?？]+$/u, '')
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** `Which is deeper, A or B?`, `Are both A and B …?`; undefined where nothing is compared. */
export function comparison(text: string): Comparison | undefined {
  const found = EITHER.exec(text) ?? (COMPARES.test(text) ? BOTH.exec(text) : null);
  const [whole, first, second] = found ?? [];
  if (whole === undefined || first === undefined || second === undefined) return undefined;
  const alone = (side: string) => text.replace(whole, side).replace(/\s+/g, ' ').trim();
  return { sides: [first, second], parts: [alone(first), alone(second)] };
}
