/** Words of no language, for texts of usual length. */
import type { SeededRandom } from '../../src/core/memory/policy/random';

const STARTS = [
  'b',
  'br',
  'c',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
];
const MIDDLES = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const ENDS = ['l', 'm', 'n', 'nd', 'r', 'rt', 's', 'sk', 't', 'x'];

/** Of two or three syllables: about as many different ones as a language has. */
export const someWords = (random: SeededRandom, count: number): string[] =>
  Array.from({ length: count }, () => {
    const syllables = 1 + random.integer(2);
    const open = Array.from({ length: syllables }, () => one(STARTS, random) + one(MIDDLES, random));
    return open.join('') + one(STARTS, random) + one(MIDDLES, random) + one(ENDS, random);
  });

const one = (parts: readonly string[], random: SeededRandom): string =>
  parts[random.integer(parts.length)] ?? '';
