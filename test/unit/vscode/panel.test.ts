import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RunEvent, RunEventBody } from '../../../src/core/agent/events';
import { initialRunState } from '../../../src/core/agent/runState';
import type { RunStore } from '../../../src/core/agent/runStore';
import { Replay } from '../../../src/core/common/event';
import { answerText } from '../../../src/core/export/answerText';
import { feed } from '../../../src/vscode/panelFeed';
import { panelHtml } from '../../../src/vscode/panelHtml';
import { readEndedRun } from '../../../src/vscode/runLog';

const event = (seq: number, body: RunEventBody): RunEvent => ({ v: 1, seq, at: seq, runId: 'r', ...body });
const text = (seq: number) => event(seq, { type: 'answer.delta', text: String(seq) });

const english = { tag: 'en', bundle: undefined };

const page = { script: 'boot("$&");', style: '@font-face{src:url("./codicon.ttf?7")}' };

describe('panelHtml', () => {
  const html = panelHtml({
    cspSource: 'https://host',
    page,
    assets: 'https://host/dist',
    language: english,
  });

  it('lets in nothing but its own script, style and font', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    assert.match(
      policy,
      /^default-src 'none'; style-src https:\/\/host 'nonce-[\w+/=]{24}'; font-src https:\/\/host; script-src 'nonce-[\w+/=]{24}'; base-uri 'none'; form-action 'none'$/,
    );
    assert.doesNotMatch(html, /unsafe|<(?:script|style)(?![^>]*nonce)/);
  });

  it('has its script and style in it, as they are, and its font from where they were', () => {
    assert.ok(html.includes('>boot("$&");</script>'));
    assert.match(
      html,
      /<style nonce="[^"]+">@font-face\{src:url\("https:\/\/host\/dist\/codicon\.ttf\?7"\)\}<\/style>/,
    );
  });

  it('lets in images where there is a folder of them, from its own origin', () => {
    const html = panelHtml({
      cspSource: 'https://host',
      page,
      assets: 'https://host/dist',
      language: english,
      files: 'https://host/a"><script>/runs',
    });
    assert.match(html, /font-src https:\/\/host; img-src https:\/\/host; script-src/);
    assert.match(html, /data-files="https:\/\/host\/a&#34;&#62;&#60;script&#62;\/runs"/);
  });

  it('has the sentences of its language, and says which it is', () => {
    const language = { tag: 'zh-cn', bundle: '{"Stop":"停止 \\"x\\""}' };
    const html = panelHtml({ cspSource: 'https://host', page, assets: '', language });
    assert.match(html, /<html lang="zh-cn">/);
    assert.match(html, /data-l10n="{&#34;Stop&#34;:&#34;停止 \\&#34;x\\&#34;&#34;}"/);
  });

  it('has another nonce each time', () => {
    const again = panelHtml({ cspSource: 'https://host', page, assets: '', language: english });
    assert.notEqual(/nonce-([^']*)/.exec(html)?.[1], /nonce-([^']*)/.exec(again)?.[1]);
  });
});

describe('feed', () => {
  it('gives all events in order in few batches', async () => {
    const stream = new Replay<RunEvent>();
    const batches: (readonly RunEvent[])[] = [];
    const fed = feed(stream, (batch) => batches.push(batch), new AbortController().signal);
    for (let seq = 0; seq < 1_000; seq++) stream.push(text(seq));
    await new Promise((resolve) => setTimeout(resolve, 60));
    stream.push(text(1_000));
    stream.end();
    await fed;
    assert.deepEqual(
      batches.flat().map(({ seq }) => seq),
      Array.from({ length: 1_001 }, (_, seq) => seq),
    );
    assert.ok(batches.length <= 3, `${batches.length} batches`);
  });

  it('posts nothing after an abort', async () => {
    const stream = new Replay<RunEvent>();
    const abort = new AbortController();
    const fed = feed(stream, () => assert.fail('posted'), abort.signal);
    stream.push(text(0));
    abort.abort();
    stream.end();
    await fed;
  });
});

describe('readEndedRun', () => {
  const started = event(0, {
    type: 'run.started',
    question: 'q',
    parentRunId: null,
    workspace: null,
  });
  const storeOf = (log: RunEvent[] | undefined): RunStore => ({
    append: async (added) => void log?.push(added),
    read: async () => log?.slice(),
    list: async () => [],
    unfinished: async () => [],
    suggested: async () => [],
    tail: async () => undefined,
    remove: async () => true,
    onDidChange: () => ({ dispose: () => undefined }),
    isUnderWay: async () => false,
    folder: async () => '',
  });
  const types = (events: readonly RunEvent[] | undefined) => events?.map(({ type }) => type);

  it('gives a finished run as it is', async () => {
    const log = [started, event(1, { type: 'run.finished', outcome: 'answered' })];
    assert.deepEqual(types(await readEndedRun(storeOf(log), 'r', 9)), ['run.started', 'run.finished']);
  });

  it('tells once, and in the log, that a run was interrupted', async () => {
    const log = [started];
    const store = storeOf(log);
    assert.deepEqual(types(await readEndedRun(store, 'r', 9)), ['run.started', 'run.interrupted']);
    assert.deepEqual(types(await readEndedRun(store, 'r', 9)), ['run.started', 'run.interrupted']);
    assert.deepEqual(types(log), ['run.started', 'run.interrupted']);
    assert.equal(log[1]?.seq, 1);
  });

  it('has nothing of a run that is not there', async () => {
    assert.equal(await readEndedRun(storeOf(undefined), 'r', 9), undefined);
  });
});

describe('answerText', () => {
  it('numbers the citations and lists the sources', () => {
    const citation = { title: '', quote: '', verdict: 'quoted', source: 'a.md' } as const;
    const state = {
      ...initialRunState,
      answer: 'Deep [e2]. Wide [e2, e7]. Odd [e9].',
      citations: [
        { ...citation, n: 1, evidence: 'e2', locator: { kind: 'lines', start: 3, end: 4 } },
        {
          ...citation,
          n: 2,
          evidence: 'e7',
          locator: { kind: 'output' },
          claim: 'supported',
          quoteFound: true,
        },
        {
          ...citation,
          n: 3,
          evidence: 'e8',
          source: 'https://a.test/p',
          quote: 'It is odd',
          locator: { kind: 'section', heading: '' },
          claim: 'unchecked',
          quoteFound: true,
          readAt: Date.UTC(2026, 4, 4),
        },
      ],
    } as const;
    assert.equal(
      answerText(state),
      [
        'Deep [1]. Wide [1][2]. Odd [e9].\n',
        '[1] a.md:3-4 (quote found)',
        '[2] a.md (quote found, claim supported)',
        '[3] https://a.test/p#:~:text=It%20is%20odd (quote found, read 2026-05-04)',
      ].join('\n'),
    );
  });
});
