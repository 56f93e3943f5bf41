/**
 * `fetch` for the model and MCP clients of the command line: Node's own honours neither the environment's proxies nor
 * the system's certificates. Who they talk to is the user's choice, so addresses are not checked. In the editor they
 * have the global `fetch`, which VS Code patches.
 */
import { Readable } from 'node:stream';
import { ACCEPTED_ENCODINGS, decodedBody } from './body';
import { exchange } from './exchange';
import type { Environment } from './proxyEnvironment';
import { MAX_REDIRECTS, redirectOf, type Hop } from './redirect';
import { environmentRouter, type Router } from './route';

/** Statuses that have no body (Fetch, “null body status”). */
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/**
 * Bodies arrive as they are sent, event streams too; aborting rejects with the signal's reason. Everything that goes
 * wrong on the way is a TypeError with the error, which has a `code`, as its cause.
 */
export function createFetch(env: Environment): typeof globalThis.fetch {
  const router = environmentRouter(env);
  return async (input, init) => {
    const request = new Request(input, init);
    try {
      return await follow(request, router);
    } catch (error) {
      request.signal.throwIfAborted();
      throw new TypeError('fetch failed', { cause: error });
    }
  };
}

async function follow(request: Request, router: Router): Promise<Response> {
  let hop = await firstHop(request);
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const route = await router(hop.url, request.signal);
    const { message } = await exchange({ ...hop, signal: request.signal }, route, undefined);
    const { statusCode: status = 0, headers } = message;
    const next =
      request.redirect === 'manual' ? undefined : redirectOf(hop, status, headers.location, secretsOf(hop));
    if (!next) return responseOf(status, message);
    message.destroy();
    if (request.redirect === 'error') throw new Error(`${hop.url.host} redirects`);
    if (!next.ok) throw new Error(next.fault.message);
    hop = next.value;
  }
  throw new Error(`${hop.url.host} redirects more than ${MAX_REDIRECTS} times`);
}

/** Some servers take their key in a header of their own: to another origin go only those that tell nothing. */
const secretsOf = ({ headers }: Hop): readonly string[] =>
  Object.keys(headers).filter(
    (name) => !['accept', 'accept-encoding', 'content-type', 'user-agent'].includes(name),
  );

async function firstHop(request: Request): Promise<Hop> {
  const url = new URL(request.url);
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  const headers = { 'accept-encoding': ACCEPTED_ENCODINGS, ...Object.fromEntries(request.headers) };
  return { url, method: request.method, headers, body };
}

type Message = Awaited<ReturnType<typeof exchange>>['message'];

async function responseOf(status: number, message: Message): Promise<Response> {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const init = { status, statusText: message.statusMessage ?? '', headers };
  if (!BODILESS.has(status)) return new Response(streamOf(await decodedBody(message), message), init);
  message.resume();
  return new Response(null, init);
}

/** Pulled piece by piece, so that a slow reader slows the server down; cancelling closes the connection. */
function streamOf(body: Readable, message: Message): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array, unknown> = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => {
      body.destroy();
      message.destroy();
    },
  });
}
