import type { RunFormat } from './exportedRun';

export const EXTENSIONS: Readonly<Record<RunFormat, string>> = { markdown: 'md', html: 'html', json: 'json' };

const LONGEST = 60;
/** What Windows lets no file be called, whatever its extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name for any system, made of the question: `How deep is the harbour.md`. */
export function exportName(question: string, format: RunFormat): string {
  const words = question
    .replace(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = words.length <= LONGEST ? words : words.slice(0, LONGEST).replace(/\s+\S*$/, '');
  const name = cut.replace(/[\ud800-\udbff]$/, '').replace(/^[.\s]+|[.\s]+$/g, '');
  return `${name === '' || RESERVED.test(name) ? 'Memento answer' : name}.${EXTENSIONS[format]}`;
}
