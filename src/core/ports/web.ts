import type { Result } from '../common/result';

export interface HttpRequest {
  /** Parsed once: what is shown, checked and connected to is this object. */
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  /** Names in lower case. Not sent to another origin on a redirect: `authorization` and whatever is in `secretHeaders`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of headers that hold a secret. */
  readonly secretHeaders?: readonly string[];
  readonly body?: string | Uint8Array;
  /** Of the body, decompressed; a longer one is a fault `limit`, or ends there if `cuts`. */
  readonly maxBytes: number;
  readonly cuts?: boolean;
  /** For the whole exchange, redirects and body included, milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /**
   * Who named the URL. `model`: a model, a page or a document, so it reaches public addresses and the origins that the
   * user allowed, nothing else; where `decideUrl` says `confirm`, the caller has asked. `user`: the user's own settings,
   * so this origin may be anywhere; a redirect away from it is checked like a model's.
   */
  readonly namedBy: 'model' | 'user';
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** After redirects. */
  readonly url: URL;
  /** Decompressed. */
  readonly body: Uint8Array;
  /** A proxy connected: it resolved the name, so the address could not be checked here. */
  readonly viaProxy: boolean;
  /** Host and port of that proxy, where it is known. */
  readonly proxy?: string;
}

/**
 * Requests to the web, under the rules for addresses (tools/web/urlPolicy.ts) at each hop. Every status is a response;
 * faults: `denied` (the rules), `unreachable`, `stalled` (time is over), `limit` (too large), `bad-reply` (no HTTP).
 * Aborting the signal rejects with its reason.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<Result<HttpResponse>>;
}

/** Bytes kept on disk under a key, oldest use thrown away first; whatever cannot be read or written is not there. */
export interface DiskCache {
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}
