/** sed(1) with scripts of a few commands that only print; `w`, `e`, `r` and the flags of `s` of the same names do more. */
import { parseOptions } from './options';
import type { ReadOnly } from './programs';

const OPTIONS = {
  flags: 'nErsuz',
  valued: 'e',
  long: ['quiet', 'silent', 'regexp-extended', 'null-data', 'posix'],
  longValued: ['expression'],
};

const PATTERN = String.raw`\/[^\/]*\/I?`;
const ADDRESS = `(?:\\d+|${PATTERN})`;
/** `s` with one delimiter of three, its parts without any backslash, and the flags g, i, p and a number. */
const SUBSTITUTION = ['/', ',', '|']
  .map((d) => `s\\${d}[^\\${d}]*\\${d}[^\\${d}]*\\${d}[gIip0-9]*`)
  .join('|');
const COMMAND = new RegExp(`^\\s*(?:${ADDRESS}(?:,${ADDRESS})?)?\\s*(?:[pdq=]|${SUBSTITUTION})\\s*$`);

export function sedReads(args: readonly string[]): ReadOnly | string {
  const parsed = parseOptions(args, OPTIONS);
  if (typeof parsed === 'string') return `its option ${parsed} is not known to only read`;
  const given = [...(parsed.options.get('e') ?? []), ...(parsed.options.get('expression') ?? [])];
  const scripts = given.length > 0 ? given : parsed.operands.slice(0, 1);
  const files = [...parsed.operands.slice(given.length > 0 ? 0 : 1), ...parsed.late];
  if (scripts.length === 0) return 'it has no script';
  const unknown = scripts.find((script) => !COMMAND.test(script));
  return unknown === undefined ? { reads: files } : `its script ${unknown} is not known to only print`;
}
