import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/**
 * `fetch` with a limit to what one message may have: of an event stream a line, of anything else the whole body. A
 * stream that is cut there errors, as one does that the network cuts.
 *
 * @param limit bytes
 */
export function boundedFetch(fetch: FetchLike, limit: number): FetchLike {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.body === null) return response;
    const lines = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(bounded(limit, lines)), { status, statusText, headers });
  };
}

function bounded(limit: number, lines: boolean): TransformStream<Uint8Array, Uint8Array> {
  let length = 0;
  return new TransformStream({
    transform(chunk, controller) {
      const end = lines ? chunk.lastIndexOf(10) : -1;
      length = end < 0 ? length + chunk.length : chunk.length - end - 1;
      if (length > limit) controller.error(new Error(`The reply is larger than ${limit / 1024 / 1024} MB.`));
      else controller.enqueue(chunk);
    },
  });
}
