/** How a command's end, and what it left behind, is told to the model and to a person. */
import { count, grouped } from '../common/count';
import type { CommandEnd, CommandRunner, CommandYield, MadeFiles } from '../ports';
import { RUN_SCHEME } from './runPath';
import type { StartedCommand } from './startedCommand';
import type { ToolResult } from './tool';

/** @param limitSeconds how long the command was given, where that is why it was ended */
export function describeCommand(
  yielded: CommandYield,
  { exitCode, endedBy }: CommandEnd,
  limitSeconds?: number,
): ToolResult {
  const { made, outputFile } = yielded;
  const status = limitSeconds === undefined ? statusOf(exitCode, endedBy) : `stopped after ${limitSeconds} s`;
  const parts = [
    status,
    outputOf(yielded),
    ...(limitSeconds === undefined
      ? []
      : ['(It was still running. Give it more timeoutSeconds, or less to do.)']),
    ...wholeOutput(yielded),
    ...madeWords(made),
  ];
  const about = made.files.length + made.workspace.length + made.more;
  return {
    ok: exitCode === 0 && limitSeconds === undefined,
    content: parts.join('\n'),
    preview: about === 0 ? status : `${status}, ${count(about, 'file')} made or changed`,
    artifact: outputFile,
    files: made.files,
    exitCode,
  };
}

/** One that goes on in the background, and the way back to it. */
export function describeRunning(yielded: CommandYield, callId: string, asks: boolean): ToolResult {
  const call = (action: string) => JSON.stringify({ id: callId, action });
  return {
    ok: true,
    content: [
      `still running in the background as ${callId}`,
      outputOf(yielded),
      ...wholeOutput(yielded),
      ...madeWords(yielded.made),
      ...(asks ? ['(It seems to ask for something: only the user can type it, and they were told.)'] : []),
      `(To read on or wait for its end: background_command ${call('wait')}. To stop it: background_command ${call('stop')}.)`,
    ].join('\n'),
    preview: 'runs in the background',
    artifact: yielded.outputFile,
    files: yielded.made.files,
    background: true,
  };
}

/** For a person at the end of a run: what of it goes on. */
export function leftRunning(
  commands: readonly StartedCommand[],
  runner: Pick<CommandRunner, 'place'> | undefined,
): readonly string[] {
  const fate =
    runner?.place === 'terminal'
      ? 'It goes on in its terminal until you stop it or close the window.'
      : 'It is ended with this program.';
  return commands.map(({ start }) => `A command of this run is still running: ${start.command} — ${fate}`);
}

const outputOf = ({ output }: CommandYield): string => (output.length > 0 ? output : '(no output)');

/** An exit code that the shell did not tell is not success. */
const statusOf = (exitCode: number | undefined, endedBy: CommandEnd['endedBy']): string =>
  exitCode === undefined ? `no exit code (${endedBy})` : `exit code ${exitCode}`;

function wholeOutput({ bytes, outputFile, leftOutFrom, notKept }: CommandYield): string[] {
  if (leftOutFrom === undefined) return [];
  const path = `${RUN_SCHEME}${outputFile.split(/[\\/]/).at(-1) ?? ''}`;
  const call = JSON.stringify({ path, startLine: leftOutFrom });
  const kept = notKept > 0 ? `; the last ${grouped(notKept)} bytes were not kept` : '';
  return [`(${grouped(bytes)} bytes in all${kept}. To read what is left out: read_file ${call})`];
}

function madeWords({ folder, files, workspace, more, lookedThrough }: MadeFiles): string[] {
  const lines = [
    ...(files.length > 0 ? [`Files that the person sees, where ${RUN_SCHEME} is ${folder}:`] : []),
    ...files.map(
      ({ path, bytes, mediaType }) => `- ${shown(RUN_SCHEME + path)} (${mediaType}, ${grouped(bytes)} bytes)`,
    ),
    ...(workspace.length > 0 ? ['In the workspace folder:'] : []),
    ...workspace.map(({ path, isNew }) => `- ${shown(path)} (${isNew ? 'new' : 'changed'})`),
    ...(more > 0 ? [`and ${count(more, 'more file')}`] : []),
    ...(lookedThrough
      ? []
      : ['(The workspace is too large to be looked through for new files: name those that matter.)']),
  ];
  return lines;
}

/** A name with a line break or a control character in it must not look like several lines. */
const shown = (path: string): string => (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) ? JSON.stringify(path) : path);
