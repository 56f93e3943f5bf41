/** The VideoReader port on ffmpeg and ffprobe, where they are installed (https://ffmpeg.org/ffmpeg-all.html). */
import * as z from 'zod';
import { parseJson } from '../core/common/json';
import { failed, ok, type Failed, type Result } from '../core/common/result';
import type { SoundPiece, VideoFrame, VideoReader } from '../core/ports';
import { runProgram, type ProgramOptions } from './program';

/**
 * The files of a recording itself. Not those that name others (HLS, DASH, concat, image sequences), which would have
 * ffmpeg read, or ask for, what the file's author wants.
 */
const CONTAINERS =
  'mov,matroska,avi,flv,mpeg,mpegts,asf,ogg,wav,mp3,flac,aac,aiff,amr,caf,au,w64,ac3,m4v,mxf,nut,ivf,gif,h264,hevc,mpegvideo,dv';

/** Before each input: only files, only such containers; references out of a MOV are off unless asked for. */
const INPUT = ['-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS, '-max_pixels', '40000000'];

const QUIET = ['-hide_banner', '-nostdin', '-v', 'error'];

const PROBE_MS = 30_000;
const SCENES_MS = 300_000;
const FRAME_MS = 30_000;
const PIECE_MS = 120_000;

/** How much of a picture must change to be another scene, as ffmpeg's `scene` tells it, 0 to 1. */
const SCENE = 0.3;
/** Longer videos are only looked at where they have whole pictures (keyframes): decoding takes minutes otherwise. */
const LONG_SECONDS = 600;
/** The longer side of a frame, pixels. */
const SIDE = 1_024;
const MOST_FRAME_BYTES = 5_000_000;

/** Mono at 16 kHz in 16 bits, as speech models hear: 19 MB a piece. */
const PIECE_SECONDS = 600;
const HERTZ = 16_000;
const MOST_PIECE_BYTES = 24_000_000;
/** Longer recordings are not taken. */
const MOST_SECONDS = 24 * 3_600;

export interface FfmpegOptions {
  /** `ffmpeg` and `ffprobe` of the PATH unless told. */
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
}

export function createVideoReader(options: FfmpegOptions = {}): VideoReader {
  return new Ffmpeg(options.ffmpeg ?? 'ffmpeg', options.ffprobe ?? 'ffprobe');
}

const probed = z.object({
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        disposition: z.object({ attached_pic: z.number() }).partial().optional(),
      }),
    )
    .catch([]),
  format: z.object({ duration: z.coerce.number().positive().optional().catch(undefined) }).catch({}),
});

interface Recording {
  readonly input: readonly string[];
  readonly durationSeconds: number;
  readonly hasPictures: boolean;
  readonly hasSound: boolean;
}

class Ffmpeg implements VideoReader {
  readonly #ffmpeg: string;
  readonly #ffprobe: string;

  constructor(ffmpeg: string, ffprobe: string) {
    this.#ffmpeg = ffmpeg;
    this.#ffprobe = ffprobe;
  }

  async frames(
    file: string,
    { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
  ): ReturnType<VideoReader['frames']> {
    const opened = await this.#open(file, signal);
    if (!opened.ok) return opened;
    const { durationSeconds, hasPictures } = opened.value;
    if (!hasPictures) return failed('unsupported', 'There are no moving pictures in it.');
    const scenes = await this.#scenes(opened.value, signal);
    if (!scenes.ok) return scenes;
    const frames: VideoFrame[] = [];
    for (const at of chooseTimes(scenes.value, durationSeconds, limit)) {
      const frame = await this.#frame(opened.value, at, signal);
      if (frame.ok) frames.push(frame.value);
      // A video that breaks off has no picture at a later time; one with none at all cannot be watched.
      else if (frames.length === 0) return frame;
    }
    return ok({ durationSeconds, frames });
  }

  async sound(file: string, signal: AbortSignal): Promise<Result<readonly SoundPiece[]>> {
    const opened = await this.#open(file, signal);
    if (!opened.ok) return opened;
    const recording = opened.value;
    if (!recording.hasSound) return ok([]);
    const pieces: SoundPiece[] = [];
    for (let start = 0; start < recording.durationSeconds; start += PIECE_SECONDS) {
      const end = Math.min(start + PIECE_SECONDS, recording.durationSeconds);
      pieces.push({ start, end, read: (reading) => this.#piece(recording, start, reading) });
    }
    return ok(pieces);
  }

  async #open(file: string, signal: AbortSignal): Promise<Result<Recording>> {
    // `file:` takes what follows as a path, whatever it looks like.
    const input = [...INPUT, '-i', `file:${file}`];
    const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', ...input];
    const found = await this.#run(this.#ffprobe, args, { signal, timeoutMs: PROBE_MS, maxBytes: 2_000_000 });
    if (!found.ok) return found;
    const told = probed.safeParse(parseJson(found.value.toString('utf8')));
    if (!told.success) return failed('unsupported', 'What ffprobe says of it cannot be read.');
    const { streams, format } = told.data;
    const pictures = streams.filter(
      ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
    );
    const recording = {
      input,
      hasPictures: pictures.length > 0,
      hasSound: streams.some(({ codec_type }) => codec_type === 'audio'),
    };
    if (!recording.hasPictures && !recording.hasSound) {
      return failed('unsupported', 'There are neither pictures nor sound in it.');
    }
    const duration = format.duration ?? (await this.#played(input, signal));
    if (duration > MOST_SECONDS) return failed('limit', 'It is longer than a day.');
    return ok({ ...recording, durationSeconds: duration });
  }

  /** How long it is, in seconds, where the file does not say: its packets are read to the end. */
  async #played(input: readonly string[], signal: AbortSignal): Promise<number> {
    const args = [...QUIET, ...input, '-c', 'copy', '-f', 'null', '-progress', 'pipe:1', '-'];
    const options = { signal, timeoutMs: SCENES_MS, maxBytes: 5_000_000 };
    const told = await this.#run(this.#ffmpeg, args, options);
    const times = told.ok ? [...told.value.toString('latin1').matchAll(/out_time_us=(\d+)/g)] : [];
    return Number(times.at(-1)?.[1] ?? 0) / 1e6;
  }

  /** When the scene changes, in seconds. */
  async #scenes({ input, durationSeconds }: Recording, signal: AbortSignal): Promise<Result<number[]>> {
    const keyframes = durationSeconds > LONG_SECONDS ? ['-skip_frame', 'nokey'] : [];
    // Small pictures change where large ones do, and are compared sooner.
    const filter = `scale=320:-2,select='gt(scene,${SCENE})',metadata=print:file=-`;
    const args = [...QUIET, ...keyframes, ...input, '-map', '0:V:0', '-vf', filter, '-f', 'null', '-'];
    const found = await this.#run(this.#ffmpeg, args, {
      signal,
      timeoutMs: SCENES_MS,
      maxBytes: 5_000_000,
    });
    if (!found.ok) return found;
    const times = [...found.value.toString('latin1').matchAll(/pts_time:(\d+(?:\.\d+)?)/g)];
    return ok(times.map(([, seconds]) => Number(seconds)));
  }

  async #frame({ input }: Recording, at: number, signal: AbortSignal): Promise<Result<VideoFrame>> {
    const [long, short] = [`min(${SIDE},iw)`, `min(${SIDE},ih)`];
    const scale = `scale=w='if(gte(iw,ih),${long},-2)':h='if(gte(iw,ih),-2,${short})'`;
    const encode = ['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'];
    const args = [...QUIET, '-ss', at.toFixed(3), ...input, '-map', '0:V:0', '-vf', scale, ...encode];
    const options = { signal, timeoutMs: FRAME_MS, maxBytes: MOST_FRAME_BYTES };
    const bytes = await this.#run(this.#ffmpeg, [...args, '-f', 'image2pipe', 'pipe:1'], options);
    if (!bytes.ok) return bytes;
    return bytes.value.length === 0
      ? failed('unsupported', `There is no picture at ${at.toFixed(1)} s.`)
      : ok({ at, image: { mediaType: 'image/jpeg', bytes: bytes.value } });
  }

  async #piece({ input }: Recording, start: number, signal: AbortSignal) {
    const cut = ['-ss', String(start), '-t', String(PIECE_SECONDS)];
    const sound = ['-map', '0:a:0', '-ac', '1', '-ar', String(HERTZ), '-f', 's16le', 'pipe:1'];
    const options = { signal, timeoutMs: PIECE_MS, maxBytes: MOST_PIECE_BYTES };
    const samples = await this.#run(this.#ffmpeg, [...QUIET, ...cut, ...input, ...sound], options);
    return samples.ok
      ? ok({ name: 'audio.wav', bytes: wavOf(samples.value), mediaType: 'audio/wav' })
      : samples;
  }

  /** What it printed; its complaint where it failed. */
  async #run(program: string, args: readonly string[], options: ProgramOptions): Promise<Result<Buffer>> {
    const ended = await runProgram(program, args, options);
    if (!ended.ok) return ended.fault.code === 'not-found' ? notInstalled() : ended;
    const { code, stdout, stderr } = ended.value;
    return code === 0 ? ok(stdout) : failed('unsupported', complaintOf(stderr));
  }
}

const notInstalled = (): Failed =>
  failed(
    'unsupported',
    'ffmpeg is not installed, and without it videos and long recordings cannot be taken apart: ' +
      'the user can install it (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg).',
  );

/** The last line without the addresses of ffmpeg's objects and the path, which whoever asked knows. */
function complaintOf(stderr: string): string {
  if (stderr.includes('not on whitelist'))
    return 'ffmpeg cannot read it: it is no kind of recording that is read here.';
  const line = stderr.trim().split('\n').at(-1) ?? '';
  const words = line.replace(/\[[^\]]* @ 0x[0-9a-f]+\]\s*|^file:.*: (?=[A-Z])/g, '').slice(0, 200);
  return `ffmpeg cannot read it${words === '' ? '' : `: ${words}`}.`.replace(/\.\.$/, '.');
}

/** 16-bit samples of one channel as a WAV file: a pipe's own has no length in its header, which some servers refuse. */
function wavOf(samples: Buffer): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(HERTZ, 24);
  header.writeUInt32LE(HERTZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/**
 * At most `limit` times in order, 0 first: where the scene changes, spread over them where there are too many; evenly
 * apart, five seconds or more, where no scene changes.
 */
export function chooseTimes(scenes: readonly number[], durationSeconds: number, limit: number): number[] {
  const changes = scenes.filter((at) => at > 0);
  if (changes.length === 0) {
    const count = Math.max(1, Math.min(limit, Math.ceil(durationSeconds / 5)));
    return Array.from({ length: count }, (_, i) => (i * durationSeconds) / count);
  }
  const room = Math.min(limit - 1, changes.length);
  const chosen = Array.from(
    { length: room },
    (_, i) => changes[Math.floor((i * changes.length) / room)] ?? 0,
  );
  return [0, ...chosen];
}
