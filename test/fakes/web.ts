/** A small web on loopback: pages by path, with robots.txt, validators and faults. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startWebServer, type WebServer } from './webServer';

export interface WebAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A page: HTML as text, an answer, or a function of the request, which gives nothing to never answer. */
export type WebSite = Readonly<
  Record<string, string | WebAnswer | ((request: IncomingMessage) => WebAnswer | undefined)>
>;

/** Whatever is not there has the status 404. */
export const startWeb = (site: WebSite): Promise<WebServer> =>
  startWebServer((request, response) => {
    const page = site[(request.url ?? '').replace(/\?.*/, '')] ?? { status: 404, body: 'Not here.' };
    const given = typeof page === 'function' ? page(request) : page;
    if (given !== undefined) answer(response, typeof given === 'string' ? { body: given } : given);
  });

function answer(response: ServerResponse, { status = 200, headers = {}, body = '' }: WebAnswer): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}

/** A page that changes only when `content` does, as its validators say. */
export function validated(content: () => string): (request: IncomingMessage) => WebAnswer {
  return (request) => {
    const etag = `"${Buffer.from(content()).toString('hex').slice(-24)}"`;
    const headers = { etag, 'cache-control': 'no-cache' };
    return request.headers['if-none-match'] === etag
      ? { status: 304, headers }
      : { headers, body: content() };
  };
}
