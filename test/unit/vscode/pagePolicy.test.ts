/** The pages that this program makes: what their policies let in, and that what they carry stays where it was put. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { runState } from '../../../src/core/agent/runState';
import { withoutLinks } from '../../../src/core/markdown/untrustedText';
import { exportedRun } from '../../../src/core/export/exportedRun';
import { htmlExport } from '../../../src/core/export/htmlExport';
import { panelHtml } from '../../../src/vscode/panelHtml';
import { HOSTILE } from '../../fakes/hostileMarkdown';
import { answeredWith } from '../../fakes/run-events';

type Element = DefaultTreeAdapterTypes.Element;

/** Every element of a page, as a browser reads it. */
function elementsOf(html: string): readonly Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((each) => each.name === name)?.value;

/** By the name of the directive (CSP 3, 2.2.1): a directive counts where it stands first. */
function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
  const metas = elementsOf(html).filter(
    (each) => attribute(each, 'http-equiv')?.toLowerCase() === 'content-security-policy',
  );
  assert.equal(metas.length, 1);
  const directives = (attribute(metas[0], 'content') ?? '')
    .split(';')
    .map((each) => each.trim().split(/\s+/));
  return new Map(directives.toReversed().map(([name = '', ...sources]) => [name.toLowerCase(), sources]));
}

const HOST = 'https://file+.vscode-resource.vscode-cdn.test';
const panel = (given: Partial<Parameters<typeof panelHtml>[0]> = {}) =>
  panelHtml({
    cspSource: HOST,
    page: { script: 'boot();', style: 'p{}' },
    assets: `${HOST}/dist`,
    language: { tag: 'en', bundle: undefined },
    ...given,
  });
const exported = (answer: string) => htmlExport(exportedRun(runState(answeredWith(answer))), () => undefined);

const PAGES: Readonly<Record<string, () => Promise<string>>> = {
  'of a run': async () => panel({ files: `${HOST}/runs` }),
  'of the memory report': async () => panel(),
  'that a run is exported as': () => exported(HOSTILE.join('\n\n')),
};

describe('the policy of the page', () => {
  for (const [name, make] of Object.entries(PAGES)) {
    it(`${name} lets in nothing but what is its own`, async () => {
      const html = await make();
      const policy = policyOf(html);
      assert.deepEqual(policy.get('default-src'), ["'none'"]);
      assert.deepEqual(policy.get('base-uri'), ["'none'"]);
      assert.deepEqual(policy.get('form-action'), ["'none'"]);
      for (const [directive, sources] of policy) {
        for (const source of sources) {
          assert.doesNotMatch(
            source,
            /unsafe|\*|^(?:https?|ws|blob|filesystem):?$|^'strict-dynamic'$/,
            directive,
          );
          assert.ok(
            source.startsWith("'") || source === HOST || (directive === 'img-src' && source === 'data:'),
          );
        }
      }
      assert.ok(!(policy.get('script-src') ?? []).includes(HOST));
      // It stands before all that it is to hold back.
      const names = elementsOf(html).map(({ tagName }) => tagName);
      assert.deepEqual(names.slice(0, 4), ['html', 'head', 'meta', 'meta']);
    });
  }

  it('is there on every page that is made', () => {
    const makers = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(
        (file) =>
          file.endsWith('.ts') && /<!doctype html/i.test(readFileSync(path.join('src', file), 'utf8')),
      )
      .filter((file) => !file.startsWith('formats'));
    assert.deepEqual(
      makers.sort(),
      ['core/export/htmlExport.ts', 'vscode/panelHtml.ts'].map((file) => path.normalize(file)),
    );
  });
});

describe('the nonce of a page', () => {
  it('is another one each time, and stands nowhere but with the page’s own script and style', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 200; n++) {
      const html = panel({ first: { type: 'unavailable', message: '<script nonce="' } });
      const elements = elementsOf(html).filter((each) => attribute(each, 'nonce') !== undefined);
      assert.deepEqual(
        elements.map(({ tagName }) => tagName),
        ['style', 'script'],
      );
      const [nonce = ''] = new Set(elements.map((each) => attribute(each, 'nonce')));
      assert.equal(Buffer.from(nonce, 'base64').length, 16);
      // Both elements and the two directives, so that no other text could hand it on.
      assert.equal(html.split(nonce).length - 1, 4);
      seen.add(nonce);
    }
    assert.equal(seen.size, 200);
  });
});

describe('what a page carries', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ...HOSTILE,
      '">',
      "'>",
      '--></script>',
      '<!--<script>',
      '\u2028</style>',
      '&quot;',
      '&#34',
      '&amp;#34;',
    ),
  );
  // A browser reads a page's line ends as one kind and U+0000 as U+FFFD: JSON has neither in it.
  const json = (value: string) => JSON.stringify(value).slice(1, -1);

  it('comes out as it went in, and is never markup', () => {
    const bare = elementsOf(panel({ files: '', language: { tag: 'en', bundle: '' } })).map(
      ({ tagName }) => tagName,
    );
    fc.assert(
      fc.property(words, words, words, (first, bundle, tag) => {
        const message = { type: 'unavailable', message: first } as const;
        const html = panel({
          first: message,
          files: json(tag),
          language: { tag: json(tag), bundle: json(bundle) },
        });
        const elements = elementsOf(html);
        assert.deepEqual(
          elements.map(({ tagName }) => tagName),
          bare,
        );
        const root = elements.find((each) => attribute(each, 'id') === 'root');
        assert.deepEqual(JSON.parse(attribute(root, 'data-first') ?? ''), message);
        assert.equal(attribute(root, 'data-l10n'), json(bundle));
        assert.equal(attribute(root, 'data-files'), json(tag));
        assert.equal(attribute(elements[0], 'lang'), json(tag));
      }),
    );
  });
});

describe('words of a notification', () => {
  // As VS Code looks for links in plain text: src/vs/base/common/linkedText.ts.
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

  it('hold no link, whatever they say', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '[x](command:a)',
      '](',
      'command:b',
      'https://c',
      ' "',
      'd',
    );
    assert.match('the server says “[x](command:workbench.action.quit)”', LINK);
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        assert.doesNotMatch(withoutLinks(pieces.join('')), LINK);
      }),
    );
  });
});
