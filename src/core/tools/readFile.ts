import * as z from 'zod';
import type { Files } from '../ports';
import { documentTitle, splitPassages } from './passages';
import { type Line, linesOf, sliceLines } from './search/lines';
import { describeEvidence } from './searchWorkspace';
import { defineTool, failure, type Tool } from './tool';

const MOST_LINES = 400;
const MOST_CHARACTERS = 24_000;

const line = z.number().int().min(1).optional();

/** `read_file{path,startLine?,endLine?}`: the lines of a file, which are one piece of evidence. */
export function readFileTool(files: Files): Tool {
  return defineTool({
    name: 'read_file',
    description:
      'Reads lines of a text file of the workspace, at most 400 lines or 24,000 characters a call; where there are more ' +
      'it says how to read on. Cite what you use by its mark, e.g. [e1].',
    parameters: z.object({
      path: z.string().describe('Relative to the workspace folder'),
      startLine: line.describe('First line, from 1'),
      endLine: line.describe('Last line, inclusive'),
    }),
    readOnly: true,
    async run({ path, startLine = 1, endLine }, { signal, cite }) {
      const read = await files.read(path, signal);
      if (!read.ok) return failure(read.fault.message);
      const text = read.value;
      const lines = linesOf(text);
      const count = text === '' ? 0 : lines.length - (lines.at(-1)?.start === text.length ? 1 : 0);
      if (count === 0) return { ok: true, content: `${path} is empty.`, preview: `${path} is empty` };
      if (startLine > count) return failure(`${path} has ${count} lines: there is no line ${startLine}.`);
      if (endLine !== undefined && endLine < startLine) {
        return failure(`endLine ${endLine} is before startLine ${startLine}.`);
      }
      const wanted = Math.min(endLine ?? count, count);
      const last = lastThatFits(lines, startLine, wanted);
      const whole = sliceLines(text, lines, startLine - 1, last - 1);
      // Only a single line can be longer than the limit.
      const shown = whole.slice(0, MOST_CHARACTERS);
      const evidence = await cite({
        source: path,
        title: titleOf(path, text),
        locator: { kind: 'lines', start: startLine, end: last },
        text: shown,
      });
      const notes = [
        ...(shown.length < whole.length
          ? [
              `(line ${last} goes on: ${whole.length - shown.length} of its ${whole.length} characters are left out)`,
            ]
          : []),
        ...(last < wanted
          ? [`(lines ${last + 1}-${wanted} are left: call read_file with startLine ${last + 1})`]
          : []),
        ...(last === wanted && wanted < count ? [`(the file has ${count} lines)`] : []),
      ];
      return {
        ok: true,
        content: [describeEvidence(evidence), ...notes].join('\n'),
        preview: `${path}, lines ${startLine}-${last} of ${count}`,
        evidence: [evidence],
      };
    },
  });
}

function lastThatFits(lines: readonly Line[], first: number, wanted: number): number {
  const from = lines[first - 1]?.start ?? 0;
  let last = first;
  while (last < wanted && last - first + 1 < MOST_LINES && (lines[last]?.end ?? 0) - from <= MOST_CHARACTERS)
    last++;
  return last;
}

function titleOf(path: string, text: string): string {
  const [first] = splitPassages(path, text.slice(0, MOST_CHARACTERS));
  return first === undefined ? path : documentTitle(first);
}
