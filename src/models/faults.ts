/** Says in one sentence what went wrong with a model server and what to do about it. */
import { failed } from '../core/common/result';
import type { Failed } from '../core/common/result';
import { isOutOfCredit } from './backoff';
import {
  complaintOf,
  refusesImages,
  refusesTools,
  saysFiltered,
  saysNoModel,
  saysTooLong,
} from './complaints';
import { safeText, versionHint } from './endpoint';
import type { Endpoint } from './endpoint';
import type { Refusal } from './exchange';
import { listModels } from './listModels';
import { networkFault } from './networkFaults';
import { isWebPage, serverMessage } from './serverMessage';
import type { Trouble } from './trouble';

export interface FaultContext {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly hasTools: boolean;
  readonly hasImages: boolean;
  /** What was asked of the server. */
  readonly service: 'chat completions' | 'audio transcriptions';
  /** How often the request was sent. */
  readonly tries: number;
  /** Milliseconds that the server asked to wait. */
  readonly asked: number | undefined;
  readonly signal: AbortSignal;
}

/** Milliseconds to wait for the list of models that a sentence would name. */
const LIST_MS = 5_000;
const LISTED = 8;

/** “a, b, c and 12 more” */
export const nameSome = (models: readonly string[]): string =>
  models.slice(0, LISTED).join(', ') + (models.length > LISTED ? ` and ${models.length - LISTED} more` : '');

export async function explain(trouble: Trouble, context: FaultContext): Promise<Failed> {
  const { host, names } = context.endpoint;
  switch (trouble.kind) {
    case 'refused':
    case 'error-event':
      return explainComplaint(trouble, context);
    case 'network':
      return networkFault(trouble, context.endpoint);
    case 'stalled':
      return failed(
        'stalled',
        `${host} has sent nothing for ${seconds(trouble.afterMs)}: try again, or check whether the server is overloaded.`,
      );
    case 'cut':
      return failed('bad-reply', `The reply of ${host} broke off before it was finished: try again.`);
    case 'web-page':
      return webPage(context.endpoint);
    case 'malformed':
      return failed(
        'bad-reply',
        `${host} sent something that is not a model's reply: check the base URL${versionHint(context.endpoint)} in ${names.baseUrl}.`,
      );
    case 'filtered':
      return filtered(context.endpoint, 'reply');
  }
}

const webPage = (endpoint: Endpoint): Failed =>
  failed(
    'bad-reply',
    `${endpoint.host} answered with a web page, not a model's reply: check the base URL${versionHint(endpoint)} in ${endpoint.names.baseUrl}.`,
  );

const filtered = ({ host }: Endpoint, what: 'request' | 'reply'): Failed =>
  failed('bad-reply', `The content filter of ${host} stopped the ${what}: put the question otherwise.`);

async function explainComplaint(
  trouble: Extract<Trouble, { kind: 'refused' | 'error-event' }>,
  context: FaultContext,
): Promise<Failed> {
  const refusal: Refusal =
    trouble.kind === 'refused'
      ? trouble.refusal
      : { status: 200, headers: new Headers(), body: trouble.body };
  const { status } = refusal;
  const complaint = complaintOf(trouble) ?? { status, text: '' };
  const { endpoint, model } = context;
  const { host, names } = endpoint;
  const said = saying(refusal, endpoint);

  if (status === 401) {
    return failed(
      'unauthorized',
      endpoint.apiKey
        ? `${host} refused the API key (401): ${names.setKey}.`
        : `${host} wants an API key (401): ${names.setKey}.`,
    );
  }
  if (status === 429 || (status === 200 && /\brate_limit|\b429\b/.test(complaint.text))) {
    return rateLimited(refusal, context);
  }
  if (saysFiltered(complaint)) return filtered(endpoint, 'request');
  if (context.hasTools && refusesTools(complaint)) {
    return failed('unsupported', `${host} offers no function calling for ${model} (${status})${said}`);
  }
  if (context.hasImages && refusesImages(complaint)) {
    return failed('unsupported', `${model} at ${host} takes no images (${status})${said}`);
  }
  if (saysTooLong(complaint) && context.service === 'audio transcriptions') {
    return failed('limit', `The recording is too large for ${host} (${status})${said}`);
  }
  if (saysTooLong(complaint)) {
    return failed(
      'context-too-long',
      `The request is longer than ${model} can read: choose a model with a larger context, or ask about less at once${said}`,
    );
  }
  if (status === 402 || status === 403) {
    return failed(
      'forbidden',
      `${host} does not allow this request (${status}): check that the account may use ${model}${said}`,
    );
  }
  if (status >= 500) {
    return failed(
      'server-error',
      `${host} failed${context.tries > 1 ? ` ${context.tries} times` : ''} (${status}): try again later${said}`,
    );
  }
  if (status >= 300 && status < 400) {
    const location = safeText(refusal.headers.get('location') ?? 'another address', endpoint.apiKey, 120);
    return failed(
      'bad-reply',
      `${host} redirects to ${location}: put the final base URL in ${names.baseUrl}.`,
    );
  }
  if (status === 200)
    return failed('server-error', `${host} broke off its reply with an error: try again${said}`);
  if (saysNoModel(complaint)) return modelNotFound(context);
  if (status === 404 || status === 405) return notFound(refusal, context);
  return failed('bad-request', `${host} refused the request (${status})${said}`);
}

function rateLimited(refusal: Refusal, context: FaultContext): Failed {
  const { endpoint, asked } = context;
  const { host } = endpoint;
  if (isOutOfCredit(refusal.body)) {
    return failed(
      'rate-limited',
      `The account at ${host} is out of credit (429): check its plan and billing.`,
    );
  }
  const when = asked === undefined ? 'later' : `in ${seconds(asked)}`;
  return failed(
    'rate-limited',
    `${host} ${context.tries > 1 ? `still limits requests after ${context.tries} tries` : 'limits requests'} (429): try again ${when}${saying(refusal, endpoint)}`,
  );
}

async function modelNotFound(context: FaultContext): Promise<Failed> {
  const { endpoint, model, signal } = context;
  if (endpoint.azure) {
    // What it lists are models, and not what is deployed.
    return failed(
      'model-not-found',
      `${endpoint.host} has no deployment ${model}: set ${endpoint.names.model} to one of the Azure portal (a new one takes some minutes).`,
    );
  }
  const listing = await listModels(endpoint, signal, LIST_MS);
  const offers = listing.ok && listing.models.length > 0 ? ` (it offers ${nameSome(listing.models)})` : '';
  return failed(
    'model-not-found',
    `${endpoint.host} does not have the model ${model}: set ${endpoint.names.model} to one that it has${offers}.`,
  );
}

/** A 404 that names no model: either the path is wrong, or the server is terse about the model. */
async function notFound(refusal: Refusal, context: FaultContext): Promise<Failed> {
  const { endpoint, model, signal } = context;
  if (!isWebPage(refusal.body) && !endpoint.azure) {
    const listing = await listModels(endpoint, signal, LIST_MS);
    if (listing.ok && listing.models.length > 0 && !listing.models.includes(model))
      return modelNotFound(context);
  }
  return failed(
    'not-found',
    `${endpoint.host} has no ${context.service} at ${endpoint.baseUrl} (${refusal.status}): check ${endpoint.azure ? 'the endpoint and the API version' : 'the base URL'}${versionHint(endpoint)} in ${endpoint.names.baseUrl}.`,
  );
}

/** “: what the server said.”, or just the full stop. */
function saying(refusal: Refusal, endpoint: Endpoint): string {
  const text = safeText(serverMessage(refusal.body).text, endpoint.apiKey).replace(/[.\s]+$/, '');
  return text === '' ? '.' : `; the server says “${text}”.`;
}

function seconds(ms: number): string {
  if (ms >= 120_000) return `${Math.ceil(ms / 60_000)} minutes`;
  return ms >= 1000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms)} ms`;
}

/** Why there is a wait, for the countdown. */
export function waitReason(trouble: Trouble, { host }: Endpoint): string {
  if (trouble.kind === 'network') return `${host} closed the connection`;
  const status = trouble.kind === 'refused' ? trouble.refusal.status : undefined;
  if (status === 429) return `${host} limits requests (429)`;
  return status === undefined ? `${host} is overloaded` : `${host} has a fault (${status})`;
}
