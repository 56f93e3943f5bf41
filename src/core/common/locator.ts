/** Where in its source a piece of evidence stands. All numbers are 1-based and inclusive. */
export type Locator =
  | { readonly kind: 'lines'; readonly start: number; readonly end: number }
  /** Pages of a PDF, counted from its first, whatever is printed on them. */
  | { readonly kind: 'pages'; readonly start: number; readonly end: number }
  | { readonly kind: 'slides'; readonly start: number; readonly end: number }
  /** Cells of a notebook. */
  | { readonly kind: 'cells'; readonly start: number; readonly end: number }
  /** `A1:D20` of a sheet. */
  | { readonly kind: 'range'; readonly sheet: string; readonly range: string }
  /** Of what has neither pages nor lines, a web page or a letter: the headings above it, `Results › Bats`, or none. */
  | { readonly kind: 'section'; readonly heading: string }
  /** Seconds of a recording. */
  | { readonly kind: 'time'; readonly start: number; readonly end: number }
  /** Of an entry of an archive. */
  | { readonly kind: 'entry'; readonly path: string; readonly at: Locator }
  /** The whole of it: an image, a resource. */
  | { readonly kind: 'whole' }
  /** The output of a command, a calculation or a foreign tool. */
  | { readonly kind: 'output' };

const span = (one: string, many: string, { start, end }: { readonly start: number; readonly end: number }) =>
  start === end ? `${one} ${start}` : `${many} ${start}-${end}`;

/** `page 3`, `Sheet1 A1:D20`, `lines 3-5`: for a person; empty where there is nothing more to say than the source. */
export function formatLocator(locator: Locator): string {
  switch (locator.kind) {
    case 'lines':
      return span('line', 'lines', locator);
    case 'pages':
      return span('page', 'pages', locator);
    case 'slides':
      return span('slide', 'slides', locator);
    case 'cells':
      return span('cell', 'cells', locator);
    case 'range':
      return `${locator.sheet} ${locator.range}`;
    case 'section':
      return locator.heading;
    case 'time':
      return `${formatTime(locator.start)}-${formatTime(locator.end)}`;
    case 'entry':
      return [locator.path, formatLocator(locator.at)].filter((part) => part !== '').join(', ');
    case 'whole':
    case 'output':
      return '';
  }
}

/** `1:02:03`, `2:03`. */
export function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A source that is on the web, and no file of the workspace. */
export const isWebAddress = (source: string): boolean => /^https?:/i.test(source);
