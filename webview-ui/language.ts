/** The page's language, and its plurals, lists and plain numbers. */

const formatsOf = (tag: string) => ({
  tag,
  plurals: new Intl.PluralRules(tag),
  lists: new Intl.ListFormat(tag, { type: 'conjunction' }),
  numbers: new Intl.NumberFormat(tag),
});

const BRITISH = 'en-GB';
let spoken = formatsOf(BRITISH);

/** Before any word is made. @param tag BCP 47 */
export function speak(tag: string): void {
  spoken = formatsOf(tag === '' || tag === 'en' ? BRITISH : tag);
}

/** BCP 47, for dates and numbers. */
export const language = (): string => spoken.tag;

/** 12,345 */
export const formatNumber = (value: number): string => spoken.numbers.format(value);

/** The sentence for so many, with the count at its `{0}`: `counted(2, l10n.t('{0} task'), l10n.t('{0} tasks'))`. */
export function counted(count: number, one: string, many: string, ...others: readonly string[]): string {
  const values = [formatNumber(count), ...others];
  const sentence = spoken.plurals.select(count) === 'one' ? one : many;
  return sentence.replace(/\{(\d)\}/g, (place, n: string) => values[Number(n)] ?? place);
}

/** 1, 2 and 3 */
export const listed = (items: readonly number[]): string => spoken.lists.format(items.map(String));
