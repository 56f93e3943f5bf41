/**
 * Quoted data in a prompt: what others wrote stands between tags that say what it is and where it is from, and cannot end
 * them itself. A fence stops no model from doing what it reads there: what a run may do is decided elsewhere.
 */

const NAMES = [
  ...['turn', 'case', 'result', 'evidence', 'run', 'calls', 'output', 'description'],
  ...['answer', 'claim', 'passage'],
] as const;
export type FenceName = (typeof NAMES)[number];

/** The beginning of a tag of ours, whatever a reader may overlook in it: blanks, and characters that are not seen. */
const TAG = new RegExp(
  String.raw`<([\s\p{Cf}]*\/?[\s\p{Cf}]*)(?=(?:${NAMES.join('|')})(?![\p{L}\p{N}]))`,
  'giu',
);

/** Text that begins and ends no fence. */
export const fence = (text: string): string => text.replace(TAG, '‹$1');

/** `<evidence id="e1" source="notes/a.md">`, the text on lines of its own, and the closing tag: the only one there is. */
export function fenced(
  name: FenceName,
  attributes: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(String(value))}"`);
  return `<${name}${written.join('')}>\n${fence(text)}\n</${name}>`;
}

/** On one line, and within its quotation marks. */
const attribute = (value: string): string =>
  value
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/"/g, '”')
    .replace(/</g, '‹')
    .replace(/>/g, '›');
