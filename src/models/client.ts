/** The openai SDK, told everything explicitly: it reads no variable of the environment that matters, and logs nothing. */
import OpenAI, { AzureOpenAI, type ClientOptions } from 'openai';
import type { Endpoint, Fetch } from './endpoint';

export function createClient(endpoint: Endpoint, fetch: Fetch): OpenAI {
  const options = {
    baseURL: endpoint.baseUrl,
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
  } satisfies ClientOptions;
  // The SDK insists on a key; the header that is really sent is made in exchange.ts.
  const apiKey = endpoint.apiKey ?? 'none';
  const apiVersion = endpoint.azure?.apiVersion;
  // It puts the model into the path, as its deployment, and the version into the query.
  return apiVersion === undefined
    ? new OpenAI({ ...options, apiKey })
    : new AzureOpenAI({ ...options, apiKey, apiVersion });
}
