import type { Result } from '../common/result';
import type { DocumentFile } from './documents';

/** An image as vision models take it. */
export interface ImageInput {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly bytes: Uint8Array;
}

export interface TranscriptSegment {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Transcript {
  readonly text: string;
  /** Empty where the server tells no times. */
  readonly segments: readonly TranscriptSegment[];
}

/** Speech to text. Adapter: src/models/transcriber.ts (`/audio/transcriptions`). */
export interface Transcriber {
  /** As shown to the user. */
  readonly id: string;
  transcribe(audio: DocumentFile, signal: AbortSignal): Promise<Result<Transcript>>;
}

export interface VideoFrame {
  /** Seconds from the beginning. */
  readonly at: number;
  readonly image: ImageInput;
}

/** Takes a video apart. Adapter: src/node/ffmpeg.ts, where ffmpeg is installed. */
export interface VideoReader {
  /** Frames where the scene changes, at most `limit`, the first one always among them. `file` is an absolute path. */
  frames(
    file: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<Result<{ readonly durationSeconds: number; readonly frames: readonly VideoFrame[] }>>;
  /** The sound track as a file that transcribers take; undefined where the video is silent. */
  audio(file: string, signal: AbortSignal): Promise<Result<DocumentFile | undefined>>;
}
