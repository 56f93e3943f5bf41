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

/** A stretch of a recording that is cut out when it is read. */
export interface SoundPiece {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly end: number;
  /** As a file that transcribers take. */
  read(signal: AbortSignal): Promise<Result<DocumentFile>>;
}

/**
 * Takes recordings apart. Adapter: src/node/ffmpeg.ts. Files are absolute paths. Faults: `unsupported` (ffmpeg is not
 * installed, or this is no recording), `stalled` (it took too long), `limit`.
 */
export interface VideoReader {
  /** Frames where the scene changes, at most `limit`, the first one always among them; evenly apart where none does. */
  frames(
    file: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<Result<{ readonly durationSeconds: number; readonly frames: readonly VideoFrame[] }>>;
  /** The sound of a video or of an audio file, in order; empty where it is silent. */
  sound(file: string, signal: AbortSignal): Promise<Result<readonly SoundPiece[]>>;
}
