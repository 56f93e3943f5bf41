const LONGEST = 200;

/** The values of a call's arguments in a line: `7.5 m draught`, `notes/a.md 3-20`. A yes or no says nothing by itself. */
export function summarise(args: unknown): string {
  if (typeof args !== 'object' || args === null) return inWords(args);
  const line = Object.entries(args)
    .filter(([, value]) => typeof value !== 'boolean')
    .map(([name, value]) => `${name === 'endLine' ? '-' : ' '}${inWords(value)}`)
    .join('');
  return line.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

export function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
