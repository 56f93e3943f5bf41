/** What a person is asked of the searches of a run, and what their answers hold for. */
import assert from 'node:assert/strict';
import { SearchConsent } from '../../../../../../src/core/tools/web/search/searchConsent';
import {
  NOT_EXPOSED,
  type ApprovalAnswer,
  type ApprovalRequest,
  type ToolContext,
} from '../../../../../../src/core/tools/tool';

const EXPOSED = { ...NOT_EXPOSED, source: 'read_file', read: 'read_file' };
const YES = { approved: true, reason: null } as const;
const ALL = { ...YES, holdsFor: 'searches' } as const;
const NO = { approved: false, reason: 'not that' } as const;

/** A run, and a person who answers its questions in order; one that is not answered stays open. */
function begin(...answers: readonly ApprovalAnswer[]) {
  const consent = new SearchConsent();
  const asked: string[] = [];
  const waived: string[] = [];
  const requests: ApprovalRequest[] = [];
  const open: ((answer: ApprovalAnswer) => void)[] = [];
  const approve: ToolContext['approve'] = async (request) => {
    requests.push(request);
    if (request.waiver) {
      waived.push(`${request.command}: ${request.waiver.reasons.join(' ')}`);
      return { ...YES, waived: true };
    }
    const answer = answers[asked.push(request.command) - 1];
    return answer ?? new Promise((settle) => open.push(settle));
  };
  const context = (more: Partial<ToolContext> = {}): ToolContext => ({
    runId: 'R',
    callId: 'c1',
    signal: new AbortController().signal,
    output: () => undefined,
    cite: () => assert.fail('cites nothing'),
    exposure: EXPOSED,
    approve,
    ...more,
  });
  const search = (query: string, tool = 'web_search', more: Partial<ToolContext> = {}) =>
    consent.ask(tool, query, context(more));
  return { search, asked, waived, requests, open };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const web = (query: string) => `web_search ${JSON.stringify({ query })}`;

describe('SearchConsent', () => {
  it('asks nothing while the run has read nothing of others', async () => {
    const { search, requests } = begin();
    assert.equal(await search('lake', 'web_search', { exposure: NOT_EXPOSED }), undefined);
    assert.deepEqual(requests, []);
  });

  it('asks about each query with its very words, and offers to allow them all', async () => {
    const { search, asked, requests } = begin(YES, YES);
    assert.equal(await search('lake'), undefined);
    assert.equal(await search('lake\u200b'), undefined);
    assert.deepEqual(asked, [web('lake'), String.raw`web_search {"query":"lake\u200b"}`]);
    assert.deepEqual(
      requests.map(({ what, code, mayHoldFor }) => [what, code, mayHoldFor]),
      [1, 2].map(() => ['tool', null, 'searches']),
    );
    assert.match(requests[0]?.reasons.join(' ') ?? '', /\(read_file\).*allows this very query.*ends all/);
  });

  it('does not ask again about what was approved, of whichever tool, and about that alone', async () => {
    const { search, asked, waived } = begin(YES, YES);
    await search('lake');
    await search('lake', 'search_papers');
    await search('lake canary', 'search_papers');
    assert.deepEqual(asked, [web('lake'), 'search_papers {"query":"lake canary"}']);
    assert.deepEqual(waived, ['search_papers {"query":"lake"}: You approved this very query.']);
  });

  it('asks about a query that went out before anything was read', async () => {
    const { search, asked } = begin(YES);
    await search('lake', 'web_search', { exposure: NOT_EXPOSED });
    await search('lake');
    assert.deepEqual(asked, [web('lake')]);
  });

  it('asks no more once all of them are approved, and says so of each', async () => {
    const { search, asked, waived } = begin(ALL);
    for (const query of ['lake', 'depth']) assert.equal(await search(query), undefined);
    assert.deepEqual(asked, [web('lake')]);
    assert.deepEqual(waived, [`${web('depth')}: You approved all searches of this run.`]);
  });

  it('takes a denial for all of the run, also for what was approved before it', async () => {
    const { search, asked, requests } = begin(YES, NO, YES);
    await search('lake');
    const told = [await search('canary'), await search('depth', 'search_papers'), await search('lake')];
    assert.deepEqual(new Set(told).size, 1);
    assert.match(
      told[0] ?? '',
      /does not allow searches in this run\. They said: “not that”\. Do not search/,
    );
    assert.deepEqual([asked.length, requests.length], [2, 2]);
  });

  it('asks one after the other about queries that come at once', async () => {
    const { search, asked, open } = begin();
    const searches = ['a', 'b', 'c'].map((query) => search(query));
    await settled();
    assert.deepEqual(asked, [web('a')]);
    open[0]?.(YES);
    await settled();
    assert.deepEqual(asked, [web('a'), web('b')]);
    open[1]?.(ALL);
    assert.deepEqual(await Promise.all(searches), [undefined, undefined, undefined]);
    assert.deepEqual(asked, [web('a'), web('b')]);
  });

  it('denies those behind the one that is denied, and asks once about one that comes twice', async () => {
    const { search, asked, open } = begin();
    const searches = ['a', 'a', 'b', 'c'].map((query) => search(query));
    await settled();
    open[0]?.(YES);
    await settled();
    open[1]?.(NO);
    const told = await Promise.all(searches);
    assert.deepEqual(
      told.map((words) => words === undefined),
      [true, true, false, false],
    );
    assert.deepEqual(asked, [web('a'), web('b')]);
  });

  it('lets go of a search that is called off while it waits, and asks about those behind it', async () => {
    const { search, asked, open } = begin();
    const off = new AbortController();
    const [first, second, third] = [
      search('a'),
      search('b', 'web_search', { signal: off.signal }),
      search('c'),
    ];
    off.abort();
    await assert.rejects(second, { name: 'AbortError' });
    await settled();
    assert.deepEqual(asked, [web('a')]);
    open[0]?.(YES);
    await first;
    await settled();
    assert.deepEqual(asked, [web('a'), web('c')]);
    open[1]?.(YES);
    assert.equal(await third, undefined);
  });

  it('asks the next one where the one that asked was called off', async () => {
    const { search, asked } = begin(YES);
    const withdrawn = search('a', 'web_search', {
      approve: () => Promise.reject(new DOMException('', 'AbortError')),
    });
    const next = search('b');
    await assert.rejects(withdrawn, { name: 'AbortError' });
    assert.equal(await next, undefined);
    assert.deepEqual(asked, [web('b')]);
  });
});
