/** A question of several parts, and a comparison of two things, as questions of their own. */

const WH = '(?:who|whom|whose|what|which|when|where|why|how)';
const SECOND = new RegExp(`[,;]?\\s+and\\s+(?=(?:in |on |at |by |for )?${WH}\\b)`, 'iu');
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

/** Its parts in order; a question that is one is its own only part. */
export function questionParts(text: string): readonly string[] {
  const asked = text
    .split(/(?<=[?？])\s*/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 5);
  const parts = asked.flatMap((part) => part.split(SECOND)).map((part) => part.trim());
  if (parts.length > 1) return parts.slice(0, 4);
  return comparison(text)?.parts ?? [text.trim()];
}

/** `Which is deeper, A or B?`, `Are both A and B …?`; undefined where nothing is compared. */
export function comparison(text: string): Comparison | undefined {
  const found = EITHER.exec(text) ?? (COMPARES.test(text) ? BOTH.exec(text) : null);
  const [whole, first, second] = found ?? [];
  if (whole === undefined || first === undefined || second === undefined) return undefined;
  const alone = (side: string) => text.replace(whole, side).replace(/\s+/g, ' ').trim();
  return { sides: [first, second], parts: [alone(first), alone(second)] };
}
