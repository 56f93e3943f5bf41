/** Faults of servers of the web, over real sockets. */
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { PageRetriever } from '../../src/core/tools/web/retrieve';
import { decodeHtml } from '../../src/formats/html/charset';
import { clientFor, get } from '../fakes/httpRequests';
import { memoryCache } from '../fakes/memoryCache';
import { startSocketServer, startWebServer } from '../fakes/webServer';
import { plain } from './modelRun';
import type { FaultRow, Produced, Stage } from './row';

const CLIENT = 'HTTP client of the web tools';
const PAGES = 'pages of the web';

/** What a GET of a server comes to that answers so. */
const fetched =
  (answer: RequestListener, more: object = {}): Produced['see'] =>
  async (stage) => {
    const server = await startWebServer(answer);
    stage.after(() => server.close());
    const reply = await clientFor([server.origin]).request(get(server.origin, more));
    return reply.ok
      ? `${reply.value.body.length} bytes`
      : plain(`${reply.fault.code}: ${reply.fault.message}`);
  };

/** Retrieves pages of a server whose answers are by path. */
async function retriever(stage: Stage, answer: RequestListener) {
  const server = await startWebServer(answer);
  stage.after(() => server.close());
  const pages = new PageRetriever({
    http: clientFor([server.origin]),
    cache: memoryCache(),
    clock: { now: () => Date.UTC(2026, 0, 1) },
    ignoreRobots: () => [],
  });
  const tell = async (page: string): Promise<string> => {
    const read = await pages.retrieve(new URL(page, server.origin), new AbortController().signal);
    return read.ok
      ? `read “${new TextDecoder().decode(read.value.body)}”`
      : plain(`${read.fault.code}: ${read.fault.message}`);
  };
  return { server, tell };
}

const noRobots: (page: RequestListener) => RequestListener = (page) => (request, response) => {
  if (request.url === '/robots.txt') response.writeHead(404).end();
  else page(request, response);
};

export const WEB: readonly FaultRow[] = [
  {
    id: 'web/gzip-bomb',
    fault: 'A gzip bomb: 50 KB that unpack to 50 MB',
    where: CLIENT,
    expected: 'It is given up as soon as it has unpacked more than the limit.',
    shown: {
      see: fetched((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
      ),
      like: /^limit: .*more than the 1 MB/,
      guard: {
        file: 'src/node/http/body.ts',
        find: '      if (size > maxBytes && !cuts) throw new BodyLimitError();\n',
        replace: '',
      },
    },
  },
  {
    id: 'web/endless-body',
    fault: 'A body that never ends',
    where: CLIENT,
    expected: 'It is given up at the limit.',
    shown: {
      see: fetched((_request, response) => {
        const more = () => {
          if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
        };
        more();
      }),
      like: /^limit: .*more than the 1 MB/,
      guard: {
        file: 'src/node/http/body.ts',
        find: '      if (size > maxBytes && !cuts) throw new BodyLimitError();\n',
        replace: '',
      },
    },
  },
  {
    id: 'web/slow-body',
    fault: 'A body that comes byte by byte',
    where: CLIENT,
    expected: 'It is waited for only so long.',
    shown: {
      see: fetched(
        (_request, response) => {
          const timer = setInterval(() => response.write('.'), 5);
          response.on('close', () => clearInterval(timer));
        },
        { timeoutMs: 100 },
      ),
      like: 'stalled: the server did not finish within 1 s.',
      guard: { file: 'src/node/http/client.ts', find: '    isLate = true;\n', replace: '' },
    },
  },
  {
    id: 'web/cut-body',
    fault: 'The connection closes in the middle of a body',
    where: CLIENT,
    expected: 'Half a page is no page.',
    shown: {
      see: async (stage) => {
        const server = await startSocketServer((socket) => {
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
        });
        stage.after(() => server.close());
        const origin = `http://127.0.0.1:${server.port}`;
        const reply = await clientFor([origin]).request(get(origin));
        return reply.ok
          ? `${reply.value.body.length} bytes`
          : plain(`${reply.fault.code}: ${reply.fault.message}`);
      },
      like: /^bad-reply: .* broken: it broke off/,
      guard: {
        file: 'src/node/http/client.ts',
        find: "errnoOf(error) === 'ECONNRESET'",
        replace: "errnoOf(error) === ''",
      },
    },
  },
  {
    id: 'web/broken-gzip',
    fault: 'A body that is called gzip and is none',
    where: CLIENT,
    expected: 'It is a fault, and nothing of it is shown.',
    shown: {
      see: fetched((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('<p>plain'),
      ),
      like: /^bad-reply: .* is broken: it does not decompress/,
      guard: {
        file: 'src/node/http/client.ts',
        find: 'throw error instanceof BodyLimitError || error instanceof BodyError ? error : brokenBody(error);',
        replace: 'return new Uint8Array();',
      },
    },
  },
  {
    id: 'web/wrong-charset',
    fault: 'A page that says it is windows-1252 and is UTF-8, and one with a charset that nobody knows',
    where: PAGES,
    expected: 'Both are read as what they are.',
    shown: {
      see: async () =>
        ['text/html; charset=windows-1252', 'text/html; charset=klingon']
          .map((type) => decodeHtml(new TextEncoder().encode('<p>Grüße aus Łódź, 東京'), type).text)
          .join(' and '),
      like: '<p>Grüße aus Łódź, 東京 and <p>Grüße aus Łódź, 東京',
      guard: {
        file: 'src/formats/html/charset.ts',
        find: "  if ((encodings.length === 0 || isSingleByte(first)) && isUtf8(bytes)) return decode(bytes, 'utf-8');\n",
        replace: '',
      },
    },
  },
  {
    id: 'web/not-modified',
    fault: 'A 304 for a page that is not in the cache',
    where: PAGES,
    expected: 'The whole page is asked for.',
    shown: {
      see: async (stage) => {
        let asked = 0;
        const { tell, server } = await retriever(
          stage,
          noRobots((_request, response) => {
            if (asked++ === 0) response.writeHead(304).end();
            else response.end('Whole.');
          }),
        );
        const said = await tell('/page');
        return `${said}; ${server.requests.filter((request) => request === 'GET /page').length} requests`;
      },
      like: 'read “Whole.”; 2 requests',
      guard: {
        file: 'src/core/tools/web/retrieve.ts',
        find: "      ({ requestedAt, answer } = await ask({ 'cache-control': 'no-cache' }));\n",
        replace: '',
      },
    },
  },
  {
    id: 'web/always-not-modified',
    fault: 'A 304 to everything',
    where: PAGES,
    expected: 'After a second question it is a fault.',
    shown: {
      see: async (stage) => {
        const { tell, server } = await retriever(
          stage,
          noRobots((_request, response) => response.writeHead(304).end()),
        );
        const said = await tell('/page');
        return `${said} ${server.requests.filter((request) => request === 'GET /page').length} requests`;
      },
      like: /^\S+: .*304.* 2 requests$/,
      guard: {
        file: 'src/core/tools/web/retrieve.ts',
        find: '    const fault = faultOfStatus(answer.value, this.#clock.now());',
        replace:
          '    const fault = answer.value.status < 400 ? undefined : faultOfStatus(answer.value, this.#clock.now());',
      },
    },
  },
  {
    id: 'web/robots-5xx',
    fault: 'A robots.txt with status 503',
    where: PAGES,
    expected: 'Nothing of the host is fetched, and the fault names robots.txt.',
    shown: {
      see: async (stage) => {
        const { tell, server } = await retriever(stage, (request, response) =>
          response.writeHead(request.url === '/robots.txt' ? 503 : 200).end('page'),
        );
        const said = await tell('/page');
        return `${said.slice(0, 95)} …; asked ${server.requests.join(', ')}`;
      },
      like: /^server-error: the server answers with status 503 to the question .*; asked GET \/robots\.txt$/,
      guard: {
        file: 'src/core/tools/web/robotsGate.ts',
        find: 'answer.value.status < 500 && answer.value.status !== 429',
        replace: 'answer.value.status !== 429',
      },
    },
  },
];
