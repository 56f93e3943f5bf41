/** The models that a server lists, to choose from. */
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import { versionHint, type Endpoint } from './endpoint';
import { explain, nameSome } from './faults';
import { listModels } from './listModels';

/** Milliseconds to wait for the list. */
const LIST_MS = 10_000;

/** `no-model` where the server has no list. Rejects with an AbortError when `signal` aborts. */
export async function listOffered(
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  const { host, names } = endpoint;
  const listing = await listModels(endpoint, signal, LIST_MS);
  if (listing.ok) return ok(listing.models);
  const { trouble } = listing;
  const hasNoList = trouble.kind === 'refused' && [404, 405, 501].includes(trouble.refusal.status);
  if (hasNoList || trouble.kind === 'malformed') {
    return failed(
      'no-model',
      `No model is chosen and ${host} does not list its models: set ${names.model}, or check the base URL${versionHint(endpoint)} in ${names.baseUrl}.`,
    );
  }
  return explain(trouble, {
    endpoint,
    model: 'this model',
    hasTools: false,
    hasImages: false,
    service: 'chat completions',
    tries: 1,
    asked: undefined,
    signal,
  });
}

/** The server's model if it offers exactly one. */
export async function onlyModel(endpoint: Endpoint, signal: AbortSignal): Promise<Result<string>> {
  const { host, names } = endpoint;
  const offered = await listOffered(endpoint, signal);
  if (!offered.ok) return offered;
  const [first, ...others] = offered.value;
  if (first === undefined) {
    return failed('no-model', `${host} offers no model: load one there, then set ${names.model}.`);
  }
  if (others.length === 0) return ok(first);
  return failed('no-model', `No model is chosen: set ${names.model} to one of ${nameSome(offered.value)}.`);
}
