import http from 'node:http';
import { failed, ok, type Result } from '../../src/core/common/result';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/core/ports';

const MOST_REDIRECTS = 5;

/** An HTTP client for servers on this machine, and for nothing else: another host is unreachable. */
export const loopbackHttp: HttpClient = { request: (request) => follow(request, request.url, 0) };

async function follow(request: HttpRequest, url: URL, hops: number): Promise<Result<HttpResponse>> {
  const response = await exchange(request, url);
  if (!response.ok) return response;
  const { status, headers } = response.value;
  const { location } = headers;
  if (location === undefined || status < 301 || status > 308) return response;
  if (hops >= MOST_REDIRECTS) return failed('bad-reply', `${url.href} redirects in circles`);
  const next = new URL(location, url);
  return follow(next.origin === url.origin ? request : withoutSecrets(request), next, hops + 1);
}

const withoutSecrets = (request: HttpRequest): HttpRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(
      ([name]) => name !== 'authorization' && !(request.secretHeaders ?? []).includes(name),
    ),
  ),
});

function exchange(request: HttpRequest, url: URL): Promise<Result<HttpResponse>> {
  const { signal, method = 'GET', headers = {}, body, timeoutMs, maxBytes } = request;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (url.hostname !== '127.0.0.1') {
      resolve(failed('unreachable', `${url.hostname} cannot be reached: getaddrinfo ENOTFOUND`));
      return;
    }
    const sent = http.request(url, { method, headers, signal, agent: false });
    const timer = setTimeout(() => {
      resolve(failed('stalled', `${url.host} did not answer in time`));
      sent.destroy();
    }, timeoutMs);
    sent.once('close', () => clearTimeout(timer));
    sent.once('error', (error) => {
      if (signal.aborted) reject(error);
      else resolve(failed('unreachable', `${url.href} cannot be reached: ${error.message}`));
    });
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) resolve(failed('limit', `${url.host} sent more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      });
      response.once('error', (error) => resolve(failed('unreachable', error.message)));
      response.once('end', () =>
        resolve(
          ok({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            url,
            body: Buffer.concat(chunks),
            viaProxy: false,
          }),
        ),
      );
    });
    sent.end(body);
  });
}
