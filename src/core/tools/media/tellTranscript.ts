/** A transcript as a tool's result: its stretches as evidence, all of it in a file where it is long. */
import { formatLocator } from '../../common/locator';
import type { RunFiles } from '../../ports';
import type { Evidence } from '../evidence';
import { RUN_SCHEME } from '../runPath';
import type { ArtifactFile, ToolContext } from '../tool';
import type { Stretch, Transcribed } from './transcript';

/** Characters of a transcript that the model reads at once; the rest is in a file. */
const SHOWN = 14_000;

export interface ToldTranscript {
  readonly lines: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly files: readonly ArtifactFile[];
}

/** @param about what was heard: `interview.mp3`, as a source names it; @param by the model's name */
export async function tellTranscript(
  { stretches, stoppedBy }: Transcribed,
  about: { readonly source: string; readonly by: string },
  runFiles: RunFiles | undefined,
  context: ToolContext,
): Promise<ToldTranscript> {
  const title = `What ${about.by} heard in ${about.source}`;
  const evidence: Evidence[] = [];
  const lines: string[] = [title];
  let room = SHOWN;
  for (const { locator, text } of stretches) {
    if (evidence.length > 0 && text.length > room) break;
    // Without times it is a single stretch, of whatever length.
    const cited = await context.cite({ source: about.source, title, locator, text: text.slice(0, SHOWN) });
    evidence.push(cited);
    lines.push(`[${cited.id}] ${[formatLocator(locator), cited.text].filter(Boolean).join(' ')}`);
    room -= text.length;
  }
  const isWhole = evidence.length === stretches.length && (stretches[0]?.text.length ?? 0) <= SHOWN;
  const kept = isWhole ? undefined : await keep(stretches, runFiles, context);
  if (!isWhole) {
    const path = kept && `${RUN_SCHEME}${kept.path}`;
    const readOn = path
      ? `read_file ${JSON.stringify({ path, startLine: evidence.length + (evidence.length < stretches.length ? 1 : 0) })}`
      : 'ask for a shorter recording';
    lines.push(`(${evidence.length} of ${stretches.length} stretches are shown. For the rest: ${readOn})`);
  }
  if (stoppedBy !== undefined) lines.push(`(${stoppedBy})`);
  return { lines, evidence, files: kept ? [kept] : [] };
}

/** One line a stretch. */
async function keep(
  stretches: readonly Stretch[],
  runFiles: RunFiles | undefined,
  { runId, callId }: ToolContext,
): Promise<ArtifactFile | undefined> {
  const lines = stretches.map(({ locator, text }) =>
    [formatLocator(locator), text.replace(/\s+/g, ' ')].filter(Boolean).join(' '),
  );
  const written = await runFiles?.write(runId, `transcript-${callId}.txt`, `${lines.join('\n')}\n`);
  return written?.ok ? written.value : undefined;
}
