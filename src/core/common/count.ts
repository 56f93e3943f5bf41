/** `1 case`, `2 cases`, `1,000 cases`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${grouped(number)} ${number === 1 ? one : many}`;

/** `1,000`. */
export const grouped = (number: number): string => number.toLocaleString('en-US');
