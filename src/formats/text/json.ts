/** JSON and JSON Lines: lines, each part with the path of what it begins with. */
import { messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent } from '../../core/ports';
import type { Source } from '../source';
import { layOut, pathsOfLines } from './jsonLines';
import { LineText } from './lineParts';
import { textOf } from './read';

/** Lines longer than this on average were written by a program, on one line or a few. */
const LAID_OUT = 300;

export function readJson(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const wrong = faultOf(text.value);
  if (wrong !== undefined && isJsonLines(text.value)) return readJsonLines(source);
  const notes = wrong === undefined ? [] : [`It is not valid JSON (${wrong}), so it is shown as it is.`];
  const given = new LineText(text.value);
  if (wrong !== undefined || text.value.length <= LAID_OUT * given.count) {
    const paths = pathsOfLines(text.value);
    const parts = given.parts(0, given.count - 1, (line) => paths[line] ?? '');
    return ok({ format: 'json', title: undefined, parts, notes });
  }
  const laidOut = layOut(text.value);
  const paths = pathsOfLines(laidOut);
  const lines = new LineText(laidOut);
  const parts = lines
    .parts(0, lines.count - 1, (line) => paths[line] ?? '')
    .map(({ title, text: shown }) => ({
      // The file's own lines are too long to tell a place.
      locator: { kind: 'section' as const, heading: title },
      title,
      text: shown,
    }));
  return ok({
    format: 'json',
    title: undefined,
    parts,
    notes: ['Its lines are too long to read, so it is laid out anew.'],
  });
}

export function readJsonLines(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const lines = new LineText(text.value);
  const wrong = lines
    .all()
    .flatMap((line, i) => (line.trim() === '' || faultOf(line) === undefined ? [] : [i + 1]));
  const notes =
    wrong.length === 0
      ? []
      : [
          `${wrong.length} of its ${lines.count} lines are not valid JSON, the first of them line ${wrong[0] ?? 0}.`,
        ];
  return ok({ format: 'jsonl', title: undefined, parts: lines.parts(0, lines.count - 1, () => ''), notes });
}

function faultOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Two lines at the beginning are enough to tell. */
function isJsonLines(text: string): boolean {
  const lines = text.split('\n', 3).filter((line) => line.trim() !== '');
  const first = lines.slice(0, 2);
  return first.length === 2 && first.every((line) => /^\s*[[{]/.test(line) && faultOf(line) === undefined);
}
