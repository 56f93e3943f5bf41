/** Whatever an answer says, showing it loads nothing, runs nothing, and leads to https: and mailto: only. */
import assert from 'node:assert/strict';
import { HOSTILE } from '../fakes/hostileMarkdown';
import { answeredWith, CITATIONS } from '../fakes/run-events';
import { startHarness, type Harness, type Panel } from './harness';
import { requireBrowser } from './setup';

/** What is in the rendered answer: every tag, and every attribute that could name an address or a script. */
const INVENTORY = `(() => {
  const all = [...document.querySelectorAll('.answer .markdown *')];
  return {
    tags: [...new Set(all.map((each) => each.localName))],
    attributes: [...new Set(all.flatMap((each) => each.getAttributeNames()))],
    addresses: all.filter((each) => each.hasAttribute('href')).map((each) => each.href),
  };
})()`;
interface Inventory {
  readonly tags: readonly string[];
  readonly attributes: readonly string[];
  readonly addresses: readonly string[];
}

const ALLOWED_TAGS = new Set(
  'p br hr h3 h4 h5 h6 strong em s a code pre blockquote ul ol li table thead tbody tr th td div button'.split(
    ' ',
  ),
);
const ALLOWED_ATTRIBUTES = new Set(
  'href title rel class type start tabindex dir data-evidence data-mark aria-label'.split(' '),
);

describe('Markdown of an answer', () => {
  let harness: Harness;
  let panel: Panel;
  const answer = () => panel.page.locator('.answer .markdown');
  const render = (text: string) => panel.deliver(answeredWith(text), { reset: true, live: false });
  const marks = () => answer().locator('button[data-evidence]').allTextContents();

  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
    panel = await harness.open();
  });
  after(() => harness?.close());

  for (const text of HOSTILE) {
    it(`is harmless: ${text.slice(0, 60).replaceAll('\n', '⏎')}`, async () => {
      await render(text);
      const { tags, attributes, addresses } = await panel.page.evaluate<Inventory>(INVENTORY);
      assert.deepEqual(
        tags.filter((tag) => !ALLOWED_TAGS.has(tag)),
        [],
      );
      assert.deepEqual(
        attributes.filter((name) => !ALLOWED_ATTRIBUTES.has(name)),
        [],
      );
      for (const address of addresses) assert.match(address, /^(https|mailto):/);
      assert.equal(await panel.page.evaluate('window.pwned'), undefined);
      assert.deepEqual(panel.strayRequests, []);
      assert.deepEqual(panel.errors, []);
    });
  }

  it('shows where a refused link or image would have led', async () => {
    await render('See [the notes](notes/a.md), [this](command:evil) and ![a map](http://evil.test/map.png).');
    assert.equal(
      await answer().textContent(),
      'See the notes (notes/a.md), this (command:evil) and Image: a map (http://evil.test/map.png).\n',
    );
  });

  it('links an https image instead of loading it', async () => {
    await render('![a map](https://example.test/map.png)');
    const link = answer().getByRole('link', { name: 'Image: a map' });
    assert.equal(await link.getAttribute('href'), 'https://example.test/map.png');
  });

  it('turns marks into chips: alone, adjacent, in a list, in a table', async () => {
    await render('One [e1]. Two [e1][e2]. List [e1, e3; e2].\n\n- **bold [e2]**\n\n| a |\n|---|\n| x [e4] |');
    assert.deepEqual(await marks(), ['1', '1', '2', '1', '3', '2', '2', '4']);
  });

  it('leaves marks in code and of unknown evidence as text', async () => {
    await render('`[e1]` [e99] \\[e1] [extra] [e1x]');
    assert.deepEqual(await marks(), []);
    assert.equal(await answer().textContent(), '[e1] [e99] [e1] [extra] [e1x]\n');
  });

  it('moves a mark out of the link that it stands in, and never makes a link of one', async () => {
    await render('[link [e2]](https://example.test/) [no [e3]](command:x) [e1](https://evil.test/)');
    assert.deepEqual(await marks(), ['2', '3', '1']);
    assert.equal(await answer().locator('a button').count(), 0);
    assert.deepEqual(await answer().getByRole('link').allTextContents(), ['link ']);
  });

  it('keeps a hostile quote and source inside the attributes of a chip', async () => {
    const citation = { ...CITATIONS[0]!, source: '"><img src=x onerror=alert(1)>', quote: '\'"><script>' };
    await panel.deliver(answeredWith('It is [e1].', [citation]), { reset: true, live: false });
    assert.deepEqual(await marks(), ['1']);
    const label = await answer().locator('button').getAttribute('aria-label');
    assert.equal(label, 'Source 1: "><img src=x onerror=alert(1)> lines 3-5, quote found');
  });

  it('leaves out no level of headings, whichever the answer uses', async () => {
    const levels = async (text: string) => {
      await render(text);
      const all = "[...document.querySelectorAll('.answer :is(h1, h2, h3, h4, h5, h6)')]";
      return panel.page.evaluate<string[]>(`${all}.map(({ localName }) => localName)`);
    };
    assert.deepEqual(await levels('## a\n\n#### b\n\n## c\n\n#### d'), ['h3', 'h4', 'h3', 'h4']);
    assert.deepEqual(await levels('### a\n\n# b\n\n### c'), ['h3', 'h3', 'h4']);
  });

  it('reads each block from the side of its script', async () => {
    await render('English.\n\nعمق الميناء');
    const sides =
      "[...document.querySelectorAll('.answer .markdown p')].map((each) => each.matches(':dir(rtl)'))";
    assert.deepEqual(await panel.page.evaluate<boolean[]>(sides), [false, true]);
  });
});
