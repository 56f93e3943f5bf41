/** What can go wrong between a request and its reply, as facts; faults.ts puts them into sentences. */
import type { Refusal } from './exchange';

export type Trouble =
  /** The server answered with another status than 2xx. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An `error` object within a reply of status 200; `started`: text had already arrived. */
  | { readonly kind: 'error-event'; readonly body: string; readonly started: boolean }
  /** No answer at all. `code`: that of the system or of the HTTP client, e.g. ECONNREFUSED; `proxy`: whose fault it is. */
  | { readonly kind: 'network'; readonly code: string | undefined; readonly proxy?: string | undefined }
  | { readonly kind: 'stalled'; readonly afterMs: number }
  /** Ended, or was cut, before a finish reason. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'web-page' }
  | { readonly kind: 'malformed' }
  /** The provider's content filter ended the reply. */
  | { readonly kind: 'filtered' };
