/** What a foreign tool returned, as a run shows it: heads and tails of what is long, with the whole in a file. */
import { HeadAndTail } from '../common/terminalText';
import type { ArtifactFile, ForeignContent, ForeignResult, ImageInput, RunFiles } from '../ports';
import { RUN_SCHEME } from './runPath';
import type { ToolContext } from './tool';

/** Of one result, characters. */
const MAX_TEXT = 40_000;
const MAX_PARTS = 50;
const MAX_TITLE = 200;
const MAX_SOURCE = 2_000;

export interface ShownResult {
  readonly content: readonly ForeignContent[];
  /** What there is beside the parts, one sentence each. */
  readonly notes: readonly string[];
  /** The images, and all of the text where it is not all shown. */
  readonly files: readonly ArtifactFile[];
}

export async function showResult(
  result: ForeignResult,
  { runId, callId }: Pick<ToolContext, 'runId' | 'callId'>,
  runFiles: RunFiles | undefined,
): Promise<ShownResult> {
  const content = bounded(result.content);
  const isWhole =
    content.length === result.content.length &&
    content.every(({ text }, i) => text === result.content[i]?.text);
  const left = result.content.length - content.length;
  const notes = left > 0 ? [`(${left} more parts of the result are left out.)`] : [];
  const files: ArtifactFile[] = [];
  const keep = async (what: string, name: string, bytes: string | Uint8Array) => {
    const written = await runFiles?.write(runId, `${callId}-${name}`, bytes);
    if (!written) return;
    if (written.ok) files.push(written.value);
    notes.push(
      written.ok ? `(${what} is in ${RUN_SCHEME}${written.value.path}.)` : `(${written.fault.message})`,
    );
  };
  if (!isWhole) await keep('The whole result', 'result.txt', textOf(result.content));
  for (const [i, image] of result.images.entries()) {
    await keep(`Image ${i + 1}`, `image-${i + 1}.${extensionOf(image)}`, image.bytes);
  }
  return { content, notes, files };
}

/** The parts, at most so many, each within its share of what all of them may have. */
function bounded(parts: readonly ForeignContent[]): readonly ForeignContent[] {
  const shown = parts.slice(0, MAX_PARTS);
  const share = shareOf(shown.map(({ text }) => text.length));
  return shown.map((part) => ({
    ...part,
    source: part.source.slice(0, MAX_SOURCE),
    title: part.title.slice(0, MAX_TITLE),
    text: cut(part.text, share),
  }));
}

/** The most that each may have so that all of them have room: short ones leave theirs to long ones. */
function shareOf(lengths: readonly number[]): number {
  let room = MAX_TEXT;
  const ascending = [...lengths].sort((a, b) => a - b);
  for (const [i, length] of ascending.entries()) {
    const share = Math.floor(room / (ascending.length - i));
    if (length > share) return share;
    room -= length;
  }
  return MAX_TEXT;
}

function cut(text: string, limit: number): string {
  const shown = new HeadAndTail(limit);
  shown.write(text);
  return shown.toString();
}

const textOf = (parts: readonly ForeignContent[]): string =>
  parts.length === 1
    ? (parts[0]?.text ?? '')
    : parts.map(({ source, text }) => `== ${source}\n${text}\n`).join('\n');

const extensionOf = ({ mediaType }: ImageInput): string =>
  mediaType.replace('image/', '').replace('jpeg', 'jpg');
