import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { runState } from '../../../../src/core/agent/runState';
import { exportedRun } from '../../../../src/core/export/exportedRun';
import { exportName } from '../../../../src/core/export/exportName';
import { exportText } from '../../../../src/core/export/exportText';
import { HOSTILE } from '../../../fakes/hostileMarkdown';
import { answeredWith, CITATIONS, RUNS } from '../../../fakes/run-events';

const none = () => undefined;
const runOf = (answer: string, citations = CITATIONS) =>
  exportedRun(runState(answeredWith(answer, citations)));
const html = (answer: string) => exportText(runOf(answer), 'html', none);
const markdown = (answer: string) => exportText(runOf(answer), 'markdown', none);

interface Found {
  readonly tags: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  readonly addresses: readonly string[];
}

/** What an independent parser finds in the page. */
function inventory(page: string): Found {
  const [tags, attributes, addresses] = [new Set<string>(), new Set<string>(), [] as string[]];
  const parser = new Parser({
    onopentag: (name, given) => {
      tags.add(name);
      for (const each of Object.keys(given)) attributes.add(`${name} ${each}`);
      if (given.href !== undefined) addresses.push(given.href);
    },
  });
  parser.end(page);
  return { tags, attributes, addresses };
}

const PAGE_TAGS =
  'html head meta title style body main section h1 h2 h3 h4 h5 h6 p br hr strong em s a code pre blockquote ul ol li table thead tbody tr th td div span'.split(
    ' ',
  );
const MEANINGLESS =
  /^(\w+ (class|title|dir|aria-label)|a (href|rel)|pre tabindex|div tabindex|ol start|li (id|value)|th scope|html lang|meta (charset|name|content|http-equiv))$/;

describe('export of a run', () => {
  for (const text of HOSTILE) {
    const name = text.slice(0, 60).replaceAll('\n', '⏎');

    it(`makes a harmless page of: ${name}`, async () => {
      const { tags, attributes, addresses } = inventory(await html(text));
      assert.deepEqual(
        [...tags].filter((tag) => !PAGE_TAGS.includes(tag)),
        [],
      );
      assert.deepEqual(
        [...attributes].filter((each) => !MEANINGLESS.test(each)),
        [],
      );
      for (const address of addresses) assert.match(address, /^(https:|mailto:|#source-\d+$)/);
    });

    it(`makes Markdown for which a viewer that knows HTML fetches nothing: ${name}`, async () => {
      const shown = new MarkdownIt({ html: true, linkify: true }).render(await markdown(text));
      const { tags, attributes } = inventory(shown);
      const loading =
        /^(img|script|style|svg|iframe|object|embed|video|link|meta|base|form|math|button|input)$/;
      assert.deepEqual(
        [...tags].filter((tag) => loading.test(tag)),
        [],
      );
      assert.deepEqual(
        [...attributes].filter((each) => / (on\w+|src)$/.test(each)),
        [],
      );
    });
  }

  it('has a policy that lets in its own style alone, and no page can be without', async () => {
    const page = await html('It is deep [e1].');
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    assert.ok(
      page.includes(
        `content="default-src 'none'; img-src data:; style-src 'sha256-${Buffer.from(digest).toString('base64')}'; base-uri 'none'; form-action 'none'"`,
      ),
    );
  });

  it('keeps what others wrote as text everywhere else too', async () => {
    const hostile = '"><img src=x onerror=1>';
    const [first] = CITATIONS;
    assert.ok(first);
    const state = runState(
      answeredWith('See [e1].', [{ ...first, source: hostile, quote: hostile, title: hostile }]),
    );
    const run = exportedRun({
      ...state,
      question: hostile,
      restated: hostile,
      tasks: state.tasks.map((task) => ({ ...task, description: hostile })),
      notices: [{ code: 'x', message: hostile }],
      models: { planner: hostile, executor: hostile },
    });
    assert.equal(inventory(await exportText(run, 'html', none)).tags.has('img'), false);
    const shown = new MarkdownIt({ html: true }).render(await exportText(run, 'markdown', none));
    assert.equal(inventory(shown).tags.has('img'), false);
  });

  it('numbers the marks as footnotes, but not those in code, and leaves code as it is', async () => {
    const text = await markdown(
      'Deep [e1]. Both [e1, e2]. `[e1]` [e9]\n\n```cpp\nvector<int> a; // [e1] ![x]\n```',
    );
    assert.match(text, /Deep \[\^1\]\. Both \[\^1\]\[\^2\]\. `\[e1\]` \[e9\]/);
    assert.match(text, /vector<int> a; \/\/ \[e1\] !\[x\]/);
    assert.match(text, /^\[\^1\]: docs\/harbour\.md:3-5: “[^”]+” _quote found_$/m);
    assert.match(
      text,
      /^\[\^4\]: .*<https:\/\/example\.com\/tides\/2026> \(Springs › May\): _not verified, read 2026-05-03_$/m,
    );
  });

  it('has no footnote but its own', async () => {
    assert.doesNotMatch(await markdown('x [^1]\n\n[^1]: evil'), /^\[\^1\]: evil/m);
  });

  it('says where it comes from: plan, cases, models, date', async () => {
    const text = await markdown('It is deep [e1].');
    assert.match(text, /## Plan\n\n- Task 1: Find the charted depth of the harbour at low water \(\w+\)/);
    assert.match(text, /## Past cases\n\n- .+ \((accepted|rejected|not judged), shown as an example/);
    assert.match(text, /- Researched: 2026-05-04 09:00 UTC/);
    assert.match(text, /- Run: 01JTESTRUN0000000000000000\n$/);
  });

  it('names files by where they are, and shows images', async () => {
    const state = runState(RUNS.answered);
    const [call] = Object.values(state.calls);
    assert.ok(call);
    const files = [{ path: 'files/plot (1).png', bytes: 9, mediaType: 'image/png' }];
    const run = exportedRun({ ...state, calls: { ...state.calls, [call.callId]: { ...call, files } } });
    assert.match(
      await exportText(run, 'markdown', () => 'a-files/plot.png'),
      /- !\[plot \(1\)\.png\]\(a-files\/plot\.png\)/,
    );
    assert.match(
      await exportText(run, 'html', () => 'data:image/png;base64,AAAA'),
      /<img src="data:image\/png;base64,AAAA" alt="plot \(1\)\.png">/,
    );
    assert.match(await exportText(run, 'html', none), /<li>plot \(1\)\.png<\/li>/);
  });

  it('is data with a version that names neither the machine nor the arm of the experiment', async () => {
    const text = await exportText(exportedRun(runState(RUNS.answered)), 'json', none);
    const parsed = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual([parsed.format, parsed.version], ['memento-run', 1]);
    assert.doesNotMatch(text, /artifact|controlRate|"design"/);
  });
});

describe('exportName', () => {
  it('is a name on every system', () => {
    assert.equal(exportName('How deep is the harbour?', 'markdown'), 'How deep is the harbour.md');
    assert.equal(exportName('../../etc/passwd\0', 'html'), 'etc passwd.html');
    assert.equal(exportName('CON', 'json'), 'Memento answer.json');
    assert.equal(exportName(' ?? ', 'json'), 'Memento answer.json');
    assert.equal(exportName('深'.repeat(80), 'markdown').length, 63);
    assert.ok(exportName('word '.repeat(40), 'markdown').length <= 63);
  });
});
