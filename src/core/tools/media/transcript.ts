/** A recording's words with their times, in stretches that can be cited. */
import type { Locator } from '../../common/locator';
import { formatTime } from '../../common/locator';
import { failed, ok, type Result } from '../../common/result';
import type { DocumentFile, SoundPiece, Transcriber } from '../../ports';

export interface Stretch {
  readonly locator: Extract<Locator, { kind: 'time' | 'whole' }>;
  readonly text: string;
}

/** A stretch is about so long: enough to understand it, little enough to find the place. */
const STRETCH_SECONDS = 60;
const STRETCH_CHARACTERS = 1_500;

export interface Transcribed {
  readonly stretches: readonly Stretch[];
  /** Why the end is missing, where it is. */
  readonly stoppedBy: string | undefined;
}

export async function transcribeFile(
  transcriber: Transcriber,
  audio: DocumentFile,
  signal: AbortSignal,
): Promise<Result<Transcribed>> {
  const heard = await transcriber.transcribe(audio, signal);
  if (!heard.ok) return heard;
  const { text, segments } = heard.value;
  const stretches =
    segments.length > 0
      ? stretchesOf(segments)
      : text === ''
        ? []
        : [{ locator: { kind: 'whole' } as const, text }];
  return ok({ stretches, stoppedBy: undefined });
}

/** Piece by piece. What was heard before a fault is kept; a fault of the first piece is that of the whole. */
export async function transcribePieces(
  transcriber: Transcriber,
  pieces: readonly SoundPiece[],
  signal: AbortSignal,
): Promise<Result<Transcribed>> {
  const stretches: Stretch[] = [];
  for (const [index, piece] of pieces.entries()) {
    const { start, end } = piece;
    const audio = await piece.read(signal);
    const heard = audio.ok ? await transcriber.transcribe(audio.value, signal) : audio;
    if (!heard.ok) {
      if (index === 0) return heard;
      return ok({
        stretches,
        stoppedBy: `From ${formatTime(start)} on it was not heard: ${heard.fault.message}`,
      });
    }
    const { text, segments } = heard.value;
    const moved = segments.map((segment) => ({
      start: Math.min(start + segment.start, end),
      end: Math.min(start + segment.end, end),
      text: segment.text,
    }));
    if (moved.length > 0) stretches.push(...stretchesOf(moved));
    else if (text !== '') stretches.push({ locator: { kind: 'time', start, end }, text });
  }
  return pieces.length === 0
    ? failed('unsupported', 'There is no sound in it.')
    : ok({ stretches, stoppedBy: undefined });
}

/** Segments of a few seconds each, joined. */
function stretchesOf(
  segments: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): Stretch[] {
  const found: Stretch[] = [];
  let [start, end, text] = [0, 0, ''];
  const close = () => {
    if (text !== '') found.push({ locator: { kind: 'time', start, end }, text });
    text = '';
  };
  for (const segment of segments) {
    const words = segment.text.trim();
    if (words === '') continue;
    const isLong = segment.end - start > STRETCH_SECONDS || text.length + words.length > STRETCH_CHARACTERS;
    if (text !== '' && isLong) close();
    if (text === '') start = segment.start;
    text = text === '' ? words : `${text} ${words}`;
    end = Math.max(segment.end, segment.start);
  }
  close();
  return found;
}
