/** Speech to text over any server that speaks OpenAI's `/audio/transcriptions`. */
import type { TranscriptionCreateParamsNonStreaming } from 'openai/resources/audio/transcriptions';
import * as z from 'zod';
import type { DocumentFile, Transcriber, Transcript } from '../core/ports';
import { attempt } from './attempts';
import { sleep, type Sleep } from './backoff';
import { createClient } from './client';
import { complaintOf, refusesFormat } from './complaints';
import type { Endpoint } from './endpoint';
import { openExchange, type Patience } from './exchange';
import { abortError } from '../core/common/abort';
import { troubleOf } from './failure';
import { isWebPage } from './serverMessage';
import type { Trouble } from './trouble';

export interface TranscriberOptions {
  readonly endpoint: Endpoint;
  readonly model: string;
  /** How often a request is sent again after 429, 5xx or a connection that broke. Default 3. */
  readonly maxRetries?: number;
  readonly sleep?: Sleep;
  readonly patience?: Patience;
}

/** A recording is sent and heard to its end before the first byte of the reply comes. */
const PATIENCE: Patience = { startMs: 600_000, idleMs: 90_000 };

/** From the one that tells the most: `verbose_json` has times; gpt-4o's and some servers only know plain ones. */
const FORMATS = ['verbose_json', 'json', 'text'] as const;

export function createTranscriber(options: TranscriberOptions): Transcriber {
  const { endpoint, model, maxRetries = 3, patience = PATIENCE } = options;
  /** What this server has turned out to know: an index of FORMATS, remembered as long as the object lives. */
  let format = 0;

  return {
    id: model,
    transcribe: async (audio, signal) => {
      if (signal.aborted) throw abortError(signal);
      let sent = format;
      return attempt<Transcript>({
        endpoint,
        about: { model, hasTools: false, hasImages: false, service: 'audio transcriptions' },
        maxRetries,
        now: Date.now,
        sleep: options.sleep ?? sleep,
        options: { signal },
        send: () => {
          sent = format;
          const file = new File([new Uint8Array(audio.bytes)], plainName(audio));
          const body = { file, model, response_format: FORMATS[sent] ?? 'text' } as const;
          return send(endpoint, body, patience, signal);
        },
        simplify: (trouble) => {
          const complaint = complaintOf(trouble);
          if (!complaint || !refusesFormat(complaint) || sent >= FORMATS.length - 1) return false;
          format = Math.max(format, sent + 1);
          return true;
        },
      });
    },
  };
}

/** The server tells the kind of audio by the extension; what the file is called is none of its business. */
function plainName({ name, mediaType }: DocumentFile): string {
  const extension = /\.(\w{1,5})$/.exec(name)?.[1] ?? mediaType?.split('/').at(-1) ?? 'wav';
  return `audio.${extension.toLowerCase()}`;
}

async function send(
  endpoint: Endpoint,
  body: TranscriptionCreateParamsNonStreaming,
  patience: Patience,
  signal: AbortSignal,
): Promise<Transcript | Trouble> {
  const exchange = openExchange(endpoint, signal, patience);
  let answering = false;
  try {
    // With `Response` at hand the SDK does not ask the network for one.
    const fetch = Object.assign(exchange.fetch, { Response });
    const request = createClient(endpoint, fetch).audio.transcriptions.create(body, {
      signal: exchange.signal,
    });
    // The raw response: servers answer with other types than they say.
    const response = await request.asResponse();
    answering = true;
    return transcriptOf(await response.text(), response.headers.get('content-type') ?? '');
  } catch (error) {
    if (signal.aborted) throw abortError(signal);
    return troubleOf(error, exchange, answering);
  } finally {
    exchange.close();
  }
}

/** Models that align words put the first of them a little before the beginning. */
const seconds = z.coerce.number().transform((time) => Math.max(0, time));
const transcript = z.object({
  text: z.string(),
  segments: z
    .array(z.object({ start: seconds, end: seconds, text: z.string() }).nullable().catch(null))
    .nullish()
    .catch(undefined),
});

function transcriptOf(body: string, type: string): Transcript | Trouble {
  if (type.includes('text/html') || isWebPage(body)) return { kind: 'web-page' };
  const data = jsonOf(body);
  // `response_format=text`: the words as they are.
  if (data === undefined) return /json/.test(type) ? { kind: 'malformed' } : plain(body);
  if (typeof data === 'string') return plain(data);
  if (typeof data === 'object' && data !== null && 'error' in data && data.error) {
    return { kind: 'error-event', body, started: false };
  }
  const parsed = transcript.safeParse(data);
  if (!parsed.success) return { kind: 'malformed' };
  const text = parsed.data.text.trim();
  const segments = (parsed.data.segments ?? []).flatMap((segment) => segment ?? []);
  const isWhole = wordsOf(segments.map((segment) => segment.text).join(' ')) === wordsOf(text);
  // Times are worth less than words that would be lost with segments that have none.
  const isComplete = isWhole || segments.length === parsed.data.segments?.length;
  return { text, segments: isComplete ? segments : [] };
}

const wordsOf = (text: string): string => text.replace(/\s+/g, '');

const plain = (text: string): Transcript => ({ text: text.trim(), segments: [] });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
