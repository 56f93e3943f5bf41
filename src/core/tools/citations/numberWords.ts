/** Numbers that are written as words: twenty-five, dreiundzwanzig, 3rd of its row. */

const ENGLISH =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const GERMAN =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn';
const FRENCH = 'zéro _ deux trois quatre cinq _ sept huit neuf dix onze douze treize quatorze quinze seize';
const SPANISH = 'cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince';
const TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety';
const GERMAN_TENS = '_ _ zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig';
const ORDINALS =
  '_ first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth';
const TENTHS = '_ _ twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth';

const rows = (names: string, step = 1) =>
  names.split(' ').flatMap((name, index) => (name === '_' ? [] : [[name, index * step] as const]));

const CARDINAL = new Map<string, number>([
  ...[ENGLISH, GERMAN, FRENCH, SPANISH].flatMap((names) => rows(names)),
  ...[TENS, GERMAN_TENS].flatMap((names) => rows(names, 10)),
  ['dozen', 12],
]);
const ORDINAL = new Map<string, number>([...rows(ORDINALS), ...rows(TENTHS, 10)]);
const UNITS = new Map(rows('_ ein zwei drei vier fünf sechs sieben acht neun'));

/** 25 for `twenty-five` and `fünfundzwanzig`; undefined for other words. */
export function cardinal(word: string): number | undefined {
  const known = CARDINAL.get(word);
  if (known !== undefined) return known;
  const german = /^(\p{Ll}+)und(\p{Ll}+zig|dreißig)$/u.exec(word);
  if (!german) return undefined;
  const [unit, tens] = [UNITS.get(german[1] ?? ''), CARDINAL.get(german[2] ?? '')];
  return unit === undefined || tens === undefined ? undefined : unit + tens;
}

/** True for what a unit may follow: `five` after `twenty`. */
export const isTens = (value: number): boolean => value >= 20 && value < 100 && value % 10 === 0;

/** 3 for `third`. */
export const ordinal = (word: string): number | undefined => ORDINAL.get(word);

const ROMAN = /^X{0,3}(?:IX|IV|V?I{0,3})$/;

/** 14 for `XIV`; undefined for one letter, which may be anything. */
export function roman(written: string): number | undefined {
  if (written.length < 2 || !ROMAN.test(written)) return undefined;
  const values = Array.from(written, (letter) => ({ I: 1, V: 5, X: 10 })[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
