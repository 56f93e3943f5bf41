import * as z from 'zod';
import { failed, ok, type Result } from '../common/result';
import type { Files, LineRange, RunFiles } from '../ports';
import { isWebAddress } from './evidence';
import { documentTitle, splitPassages } from './passages';
import { type Line, linesOf } from './search/lines';
import { describeEvidence } from './searchWorkspace';
import { runPathOf } from './runPath';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from './tool';

const MOST_LINES = 400;
const MOST_CHARACTERS = 24_000;

const line = z.number().int().min(1).optional();

/**
 * `read_file{path,startLine?,startColumn?,endLine?}`: the lines of a file, which are one piece of evidence. With `runFiles` also those
 * of what this run left behind, `run:output-c3.txt`.
 */
export function readFileTool(files: Files | undefined, runFiles?: RunFiles): Tool {
  return defineTool({
    name: 'read_file',
    description:
      'Reads lines of a text file of the workspace, at most 400 lines or 24,000 characters a call; where there are more ' +
      'it says how to read on. Cite what you use by its mark, e.g. [e1].',
    parameters: z.object({
      path: z
        .string()
        .describe(
          'Relative to the workspace folder; run:… for an output or a file of this run, as it was told',
        ),
      startLine: line.describe('First line, from 1'),
      startColumn: line.describe('First character of startLine, from 1: to read on in a very long line'),
      endLine: line.describe('Last line, inclusive'),
    }),
    readOnly: true,
    async run({ path, startLine = 1, startColumn = 1, endLine }, context) {
      const wanted = { startLine, startColumn, endLine };
      const ofRun = runPathOf(path);
      const read =
        ofRun !== undefined && runFiles
          ? await runFiles.lines(context.runId, ofRun, {
              ...wanted,
              mostLines: MOST_LINES,
              mostCharacters: MOST_CHARACTERS,
              signal: context.signal,
            })
          : await linesOfWorkspace(files, path, wanted, context.signal);
      if (!read.ok) return failure(read.fault.message);
      return describeRange(path, read.value, wanted, context);
    },
  });
}

interface Wanted {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number | undefined;
}

/** `title` of a document, where it has one. */
type TitledRange = LineRange & { readonly title?: string };

async function linesOfWorkspace(
  files: Files | undefined,
  path: string,
  { startLine, startColumn, endLine }: Wanted,
  signal: AbortSignal,
): Promise<Result<TitledRange>> {
  if (isWebAddress(path)) return failed('bad-arguments', `${path} is no file: fetch_page reads the web.`);
  const read = await files?.read(path, signal);
  if (!read) return failed('no-folder', 'No folder is open.');
  if (!read.ok) return read;
  const text = read.value;
  const lines = linesOf(text);
  const count = text === '' ? 0 : lines.length - (lines.at(-1)?.start === text.length ? 1 : 0);
  if (count === 0) return ok({ text: '', startLine: 1, endLine: 0, lines: 0, leftOut: 0 });
  if (startLine > count)
    return failed('bad-arguments', `${path} has ${count} lines: there is no line ${startLine}.`);
  if (endLine !== undefined && endLine < startLine) {
    return failed('bad-arguments', `endLine ${endLine} is before startLine ${startLine}.`);
  }
  const first = lines[startLine - 1];
  if (first && startColumn > 1 && startColumn > first.end - first.start) {
    return failed('bad-arguments', `Line ${startLine} of ${path} ends before column ${startColumn}.`);
  }
  const from = (first?.start ?? 0) + startColumn - 1;
  const last = lastThatFits(lines, startLine, from, Math.min(endLine ?? count, count));
  const whole = text.slice(from, lines[last - 1]?.end);
  // Only a single line can be longer than the limit.
  const shown = whole.slice(0, MOST_CHARACTERS);
  const leftOut = whole.length - shown.length;
  return ok({ text: shown, startLine, endLine: last, lines: count, leftOut, title: titleOf(path, text) });
}

async function describeRange(
  path: string,
  range: TitledRange,
  { startColumn, endLine: wantedLast }: Wanted,
  { cite }: ToolContext,
): Promise<ToolResult> {
  const { text, startLine, endLine: last, lines, leftOut, title = path } = range;
  if (lines === 0) return { ok: true, content: `${path} is empty.`, preview: `${path} is empty` };
  const wanted = Math.min(wantedLast ?? lines, lines);
  const evidence = await cite({
    source: path,
    title,
    locator: { kind: 'lines', start: startLine, end: last },
    text,
  });
  const notes = [
    ...(leftOut > 0
      ? [
          `(line ${last} goes on: ${leftOut} of its ${startColumn - 1 + text.length + leftOut} characters are left: ` +
            `call read_file with startLine ${last} and startColumn ${startColumn + text.length})`,
        ]
      : []),
    ...(last < wanted
      ? [`(lines ${last + 1}-${wanted} are left: call read_file with startLine ${last + 1})`]
      : []),
    ...(last === wanted && wanted < lines ? [`(the file has ${lines} lines)`] : []),
  ];
  return {
    ok: true,
    content: [describeEvidence(evidence), ...notes].join('\n'),
    preview: `${path}, lines ${startLine}-${last} of ${lines}`,
    evidence: [evidence],
  };
}

/** @param from the offset at which the first line is begun */
function lastThatFits(lines: readonly Line[], first: number, from: number, wanted: number): number {
  let last = first;
  while (last < wanted && last - first + 1 < MOST_LINES && (lines[last]?.end ?? 0) - from <= MOST_CHARACTERS)
    last++;
  return last;
}

function titleOf(path: string, text: string): string {
  const [first] = splitPassages(path, text.slice(0, MOST_CHARACTERS));
  return first === undefined ? path : documentTitle(first);
}
