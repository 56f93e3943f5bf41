/** Exact decimal numbers: what a claim and its source must agree on to the last digit. */

/** coefficient × 10^exponent; the coefficient does not end in 0, so that equal numbers have equal fields. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const LONGEST = 60;

export function decimal(coefficient: bigint, exponent = 0): Decimal {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  let [c, e] = [coefficient, exponent];
  while (c % 10n === 0n) {
    c /= 10n;
    e++;
  }
  return { coefficient: c, exponent: e };
}

export const times = (a: Decimal, b: Decimal): Decimal =>
  decimal(a.coefficient * b.coefficient, a.exponent + b.exponent);

export function plus(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (each: Decimal) =>
    each.coefficient * 10n ** BigInt(Math.min(LONGEST, each.exponent - exponent));
  return decimal(scaled(a) + scaled(b), exponent);
}

export const equal = (a: Decimal, b: Decimal): boolean =>
  a.coefficient === b.coefficient && a.exponent === b.exponent;

/**
 * `1,234.5`, `1.234,5`, `1 234`, `1'234`, `.5`. One separator before three digits parts thousands, where it is the one that the
 * text's language parts thousands with, else decimals. Undefined for what is no number (`1.2.3`, which is a version).
 */
export function parseDecimal(written: string, decimalComma: boolean): Decimal | undefined {
  const digits = written.replace(/[ ']/g, '');
  if (digits.length > LONGEST || !/^[.,]?\d[\d.,]*$/.test(digits)) return undefined;
  const point = decimalPoint(digits, decimalComma);
  if (point === undefined) return undefined;
  const [whole = '', fraction = ''] = point === '' ? [digits] : digits.split(point);
  const grouped = whole.split(/[.,]/);
  if (grouped.length > 1 && grouped.slice(1).some((group) => group.length !== 3)) return undefined;
  if (!/^\d*$/.test(fraction)) return undefined;
  return decimal(BigInt(`${grouped.join('')}${fraction}` || '0'), -fraction.length);
}

/** The character before decimals, '' with none; undefined where it cannot be told. */
function decimalPoint(digits: string, decimalComma: boolean): '.' | ',' | '' | undefined {
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1];
  if (dots > 0 && commas > 0) {
    const last = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
    return (last === '.' ? dots : commas) === 1 ? last : undefined;
  }
  if (dots + commas === 0 || dots > 1 || commas > 1) return '';
  const separator = dots === 1 ? '.' : ',';
  const groups = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) && separator !== (decimalComma ? ',' : '.');
  return groups ? '' : separator;
}
