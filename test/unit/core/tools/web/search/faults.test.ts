import assert from 'node:assert/strict';
import { Line } from '../../../../../../src/core/tools/web/search/line';
import type { ProviderName } from '../../../../../../src/core/tools/web/search/searchResult';
import {
  FAULTS,
  KEY,
  PROVIDERS,
  startSearchServer,
  type SearchServer,
  type ServerFault,
} from '../../../../../fakes/searchServers';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { asCaller, providerAt, SHORT_MS } from './support';

interface Expected {
  /** Code and words of the fault; absent: results, or none for `empty`. */
  readonly says?: RegExp;
  readonly requests?: number;
  /** Waits before further tries, milliseconds; those for the pace are left out. */
  readonly waits?: readonly number[];
}

const GONE = { says: /^server-error failed on its side \(50\d\)/, requests: 3, waits: [750, 1500] };
const UNREADABLE = { says: /^bad-reply / };

/** What a lasting fault comes to. `429-seconds` and `429-date` are over after the first request. */
const EXPECTED: Readonly<Record<ServerFault, Expected>> = {
  '429-seconds': { requests: 2, waits: [2000] },
  '429-date': { requests: 2, waits: [3000] },
  '429-long': { says: /^rate-limited is asked too often \(429/, requests: 1, waits: [] },
  '429-bare': { says: /^rate-limited is asked too often \(429\)/, requests: 3, waits: [750, 1500] },
  '503': GONE,
  '500-html': GONE,
  html: { says: /^bad-reply answered with (?:a web page where JSON was due|something that is no Atom feed)/ },
  empty: {},
  hang: { says: /^stalled did not answer within 0\.25 s$/ },
  'hang-in-body': { says: /^stalled did not answer within 0\.25 s$/ },
  reset: { says: /^unreachable could not be reached \(.*(?:ECONNRESET|hang up)/ },
  truncated: {
    says: /^bad-reply answered with something that is no (?:JSON|Atom feed), or only a part of it$/,
  },
  'wrong-types': UNREADABLE,
  'wrong-shape': UNREADABLE,
  'key-refused': { says: /^(?:unauthorized|forbidden) refuse[sd] / },
  'paid-out': {
    says: /^forbidden (?:wants to be paid \(402|says that the (?:plan is used up|account is empty))/,
  },
  login: {
    says: /^bad-reply answered with (?:a web page of http:\/\/127\.0\.0\.1:\d+ where|something that is no Atom)/,
  },
  'not-found': { says: /^not-found has no search API at this address \(404\)$/ },
  huge: { says: /^limit gave no usable reply \(/ },
};

const PASSES: ReadonlySet<ServerFault> = new Set(['429-seconds', '429-date']);

for (const name of PROVIDERS) {
  describe(`${name}, when its server is in trouble`, () => {
    let server: SearchServer;
    before(async () => (server = await startSearchServer(name)));
    after(() => server.stop());

    for (const fault of FAULTS) {
      it(fault, async () => {
        if (PASSES.has(fault)) server.next(fault);
        else server.always(fault);
        const { says, requests, waits } = EXPECTED[fault];
        const asked = await ask(name, server, fault.startsWith('hang') ? SHORT_MS : undefined);
        server.always(undefined);
        if (says) assert.match(asked.said, says);
        else assert.equal(asked.said, fault === 'empty' ? '0 results' : RESULTS[name]);
        if (requests !== undefined) assert.equal(asked.requests, requests);
        if (waits) assert.deepEqual(asked.waits, waits);
        assert.ok(!asked.said.includes(KEY), 'a key is repeated');
      });
    }
  });
}

const RESULTS: Readonly<Record<ProviderName, string>> = {
  searxng: '3 results',
  tavily: '3 results',
  brave: '3 results',
  serper: '3 results',
  wikipedia: '3 results',
  arxiv: '1 results',
  semanticScholar: '2 results',
  openAlex: '2 results',
};

async function ask(name: ProviderName, server: SearchServer, timeoutMs: number | undefined) {
  const timer = new VirtualTimer();
  const provider = {
    ...providerAt(name, server.base),
    pace: { everyMs: 0, atOnce: 1 },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  const line = new Line(provider, { timer, random: () => 0.5 });
  const before = server.requests.length;
  // One word, so that Wikipedia asks once.
  const found = await provider.search({ text: 'orla', count: 8 }, (request) =>
    line.ask(provider, request, asCaller()),
  );
  return {
    said: found.ok ? `${found.value.length} results` : `${found.fault.code} ${found.fault.message}`,
    requests: server.requests.length - before,
    waits: timer.waits,
  };
}

describe('particular refusals', () => {
  const told = async (name: ProviderName, fault: ServerFault, more = {}) => {
    const server = await startSearchServer(name);
    try {
      server.always(fault);
      const provider = providerAt(name, server.base, more);
      const line = new Line(provider, { timer: new VirtualTimer(), random: () => 0.5 });
      const found = await provider.search({ text: 'orla', count: 3 }, (request) =>
        line.ask(provider, request, asCaller()),
      );
      return found.ok ? 'no fault' : found.fault.message;
    } finally {
      await server.stop();
    }
  };

  it('an instance of SearXNG that has JSON switched off: how to switch it on', async () => {
    assert.match(
      await told('searxng', 'key-refused'),
      /refuses replies in JSON \(403\): add “json” to search\.formats/,
    );
  });

  it('keys that are no good: whose sentence it was, without the key', async () => {
    assert.equal(
      await told('tavily', 'key-refused'),
      'refused the key (401: “Unauthorized: missing or invalid API key.”): set another one',
    );
    assert.match(await told('brave', 'key-refused'), /^refused the key \(SUBSCRIPTION_TOKEN_INVALID\)/);
    assert.match(await told('serper', 'key-refused'), /^refused the key \(403\)/);
    assert.match(
      await told('semanticScholar', 'key-refused'),
      /^refused the key \(403\): set another one, or none/,
    );
  });

  it('SearXNG whose engines all failed: that is no empty web', async () => {
    const provider = providerAt('searxng', 'http://127.0.0.1:9/');
    const json = {
      results: [],
      unresponsive_engines: [
        ['google', 'timeout'],
        ['bing', 'CAPTCHA', true],
      ],
    };
    const found = await provider.search({ text: 'orla', count: 3 }, async () => ({
      ok: true,
      value: { status: 200, text: '', json },
    }));
    assert.ok(!found.ok);
    assert.equal(
      found.fault.message,
      'found nothing, but some of its engines did not answer (google: timeout, bing: CAPTCHA)',
    );
  });

  it('MediaWiki, whose errors have the status 200', () => {
    const provider = providerAt('wikipedia', 'http://127.0.0.1:9/');
    const json = { error: { code: 'ratelimited', info: "You've exceeded your rate limit.", docref: '' } };
    const fault = provider.refusal?.({ status: 200, text: '', json });
    assert.equal(fault?.code, 'rate-limited');
    assert.match(fault?.message ?? '', /ratelimited: “You've exceeded your rate limit\.”/);
  });

  it('arXiv, whose errors are feeds', async () => {
    const provider = providerAt('arxiv', 'http://127.0.0.1:9/');
    const text =
      '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_1</id><title>Error</title><summary>incorrect id format for 1</summary></entry></feed>';
    const found = await provider.search({ text: 'orla', count: 3 }, async () => ({
      ok: true,
      value: { status: 200, text, json: undefined },
    }));
    assert.ok(!found.ok);
    assert.equal(found.fault.message, 'did not take the request (“incorrect id format for 1”)');
  });

  it('arXiv: a document type with entities that grow is not unfolded', async () => {
    const provider = providerAt('arxiv', 'http://127.0.0.1:9/');
    const entities = Array.from(
      { length: 12 },
      (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`,
    ).join('');
    const text = `<!DOCTYPE feed [<!ENTITY a0 "lol">${entities}]><feed><entry><id>http://arxiv.org/abs/2111.04567v1</id><title>&a12;</title></entry></feed>`;
    const found = await provider.search({ text: 'orla', count: 3 }, async () => ({
      ok: true,
      value: { status: 200, text, json: undefined },
    }));
    assert.ok(!found.ok || found.value.every(({ title }) => title.length < 20));
  });
});

describe('a provider that asks for a rest', () => {
  it('is not asked until then, and then again', async () => {
    const server = await startSearchServer('tavily');
    try {
      const timer = new VirtualTimer();
      const provider = providerAt('tavily', server.base);
      const line = new Line(provider, { timer, random: () => 0.5 });
      const search = () =>
        provider.search({ text: 'orla', count: 3 }, (request) => line.ask(provider, request, asCaller()));
      server.next('429-long');
      assert.ok(!(await search()).ok);
      const resting = await search();
      assert.ok(!resting.ok);
      assert.equal(
        resting.fault.message,
        'is left alone until 2026-03-01 11:42:00 UTC because it asked for that',
      );
      assert.equal(server.requests.length, 1);
      timer.pass(3_600_000);
      assert.ok((await search()).ok);
      assert.equal(server.requests.length, 2);
    } finally {
      await server.stop();
    }
  });

  it('is asked when the clock was set back, rather than never', async () => {
    const server = await startSearchServer('tavily');
    try {
      const timer = new VirtualTimer();
      const provider = providerAt('tavily', server.base);
      const line = new Line(provider, { timer, random: () => 0.5 });
      const search = () =>
        provider.search({ text: 'orla', count: 3 }, (request) => line.ask(provider, request, asCaller()));
      server.next('429-long');
      await search();
      timer.pass(-86_400_000);
      assert.ok((await search()).ok);
    } finally {
      await server.stop();
    }
  });
});
