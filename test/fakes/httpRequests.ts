import type { HttpClient, HttpRequest } from '../../src/core/ports';
import { createHttpClient, type HttpClientOptions } from '../../src/node/http/client';
import { commandLineRemedies } from '../../src/node/http/remedies';
import { environmentRouter } from '../../src/node/http/route';

/** The command line's client, in an environment with no variables; `allowed` are origins. */
export const clientFor = (
  allowed: readonly string[] = [],
  options: Partial<HttpClientOptions> = {},
): HttpClient =>
  createHttpClient({
    router: environmentRouter({}),
    remedies: commandLineRemedies,
    allowedOrigins: () => allowed,
    ...options,
  });

/** A GET of a URL that a model named. */
export const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url: new URL(url),
  maxBytes: 1_000_000,
  timeoutMs: 10_000,
  signal: new AbortController().signal,
  namedBy: 'model',
  ...more,
});
