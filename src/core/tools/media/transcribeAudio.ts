import * as z from 'zod';
import { failed, type Result } from '../../common/result';
import type { Transcriber, VideoReader } from '../../ports';
import { defineTool, failure, type Tool, type ToolContext } from '../tool';
import { bytesOf, locationOf, type MediaFiles } from './mediaFiles';
import { audioExtension } from './mediaKind';
import { type ToolModels, NO_FFMPEG, NO_TRANSCRIBER } from '../toolModels';
import { tellTranscript } from './tellTranscript';
import { transcribeFile, transcribePieces, type Transcribed } from './transcript';

/** What OpenAI's `/audio/transcriptions` takes at once; others took it over. Bytes. */
const MOST_BYTES = 25_000_000;

export interface AudioToolParts extends MediaFiles {
  readonly video: VideoReader | undefined;
  readonly models: ToolModels;
}

/** `transcribe_audio{path}`: the words of a recording, with their times where the server tells them. */
export function transcribeAudioTool(parts: AudioToolParts): Tool {
  return defineTool({
    name: 'transcribe_audio',
    description:
      'Transcribes the speech of an audio or video file. Cite the stretch that you use by its mark, e.g. [e1].',
    parameters: z.object({
      path: z.string().min(1).describe('Relative to the workspace folder; run:… for a file of this run'),
    }),
    readOnly: true,
    async run({ path }, context) {
      const found = await parts.models.transcriber(context.signal);
      if (!found.ok) return failure(found.fault.message);
      const transcriber = found.value;
      if (!transcriber) return failure(NO_TRANSCRIBER);
      const heard = await transcribe(parts, transcriber, path, context);
      if (!heard.ok) return failure(heard.fault.message);
      const { stretches } = heard.value;
      if (stretches.length === 0)
        return { ok: true, content: `No words were heard in ${path}.`, preview: 'no words' };
      const about = { source: path, by: transcriber.id };
      const { lines, evidence, files } = await tellTranscript(heard.value, about, parts.runFiles, context);
      return {
        ok: true,
        content: lines.join('\n'),
        preview: stretches[0]?.text.slice(0, 160) ?? '',
        evidence,
        files,
      };
    },
  });
}

/** As it is where the server takes it so; what is too long or of another kind goes through ffmpeg. */
async function transcribe(
  parts: AudioToolParts,
  transcriber: Transcriber,
  path: string,
  context: ToolContext,
): Promise<Result<Transcribed>> {
  const { signal } = context;
  const bytes = await bytesOf(parts, path, MOST_BYTES, context);
  if (!bytes.ok && bytes.fault.code !== 'limit') return bytes;
  if (bytes.ok && bytes.value.length === 0) return failed('unsupported', `${path} is empty.`);
  const extension = bytes.ok ? audioExtension(bytes.value) : undefined;
  if (bytes.ok && extension !== undefined) {
    return transcribeFile(transcriber, { name: `audio.${extension}`, bytes: bytes.value }, signal);
  }
  const why = bytes.ok
    ? `${path} is no kind of audio that the server is known to take.`
    : `${path} is larger than ${MOST_BYTES / 1_000_000} MB, which is what servers take at once.`;
  const file = await locationOf(parts, path, context);
  if (!file.ok) return file;
  const pieces = await parts.video?.sound(file.value, signal);
  if (!pieces) return failed('unsupported', `${why} ${NO_FFMPEG}`);
  if (!pieces.ok) return failed(pieces.fault.code, `${why} ${pieces.fault.message}`);
  return transcribePieces(transcriber, pieces.value, signal);
}
