/** The openai SDK, told everything explicitly: it reads no variable of the environment that matters, and logs nothing. */
import OpenAI from 'openai';
import type { Endpoint, Fetch } from './endpoint';

export function createClient(endpoint: Endpoint, fetch: Fetch): OpenAI {
  return new OpenAI({
    baseURL: endpoint.baseUrl,
    // The SDK insists on one; the header that is really sent is made in exchange.ts.
    apiKey: endpoint.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch,
    // Retries and time limits are ours, so that a wait can be seen and cancelled.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    // It would print replies that it can't parse.
    logLevel: 'off',
    // Electron's renderer-like globals must not stop it; nothing here runs in a web page.
    dangerouslyAllowBrowser: true,
  });
}
