/**
 * The user's own rules: the beginning of a command's arguments, `npm test` or `cargo build --release`, and whether what
 * begins so runs or asks. They are compared with arguments as the shell hands them over, never with the source text.
 */
export interface CommandRule {
  /** As the user wrote it, its words set apart by spaces. */
  readonly text: string;
  readonly verdict: 'auto' | 'ask';
}

/** The longest rule that the arguments begin with; of two alike the one that asks. */
export function matchingRule(
  argv: readonly string[],
  rules: readonly CommandRule[],
): CommandRule | undefined {
  let best: CommandRule | undefined;
  let longest = 0;
  for (const rule of rules) {
    const words = rule.text.trim().split(/\s+/);
    if (words[0] === '' || !words.every((word, index) => word === argv[index])) continue;
    if (words.length < longest || (words.length === longest && best?.verdict === 'ask')) continue;
    [best, longest] = [rule, words.length];
  }
  return best;
}

/** From a setting: `{"npm test": true, "git push": false}`. What is neither true nor false counts for nothing. */
export function readCommandRules(value: unknown): readonly CommandRule[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([text, allows]) =>
    typeof allows === 'boolean' && text.trim() !== '' ? { text, verdict: allows ? 'auto' : 'ask' } : [],
  );
}
