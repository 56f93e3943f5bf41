import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { settingsPage } from '../../../scripts/settings-page.mjs';
import { USAGE } from '../../../src/cli/usage';
import { PAGES, read, root } from './pages';

const { contributes } = z
  .object({
    contributes: z.object({
      configuration: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })),
      commands: z.array(z.object({ title: z.string() })),
    }),
  })
  .parse(JSON.parse(read('package.json')));
const words = z
  .record(
    z.string(),
    z
      .union([z.string(), z.object({ message: z.string() })])
      .transform((text) => (typeof text === 'string' ? text : text.message)),
  )
  .parse(JSON.parse(read('package.nls.json')));

/** Code is no text: what looks like a link in it is none. */
const withoutCode = (text: string): string => text.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '');

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** What asks for more ends in an ellipsis, which a text may leave out. */
const withoutDots = (title: string): string => title.replace(/…$/, '');

/** GitHub's name of a heading: lower case, no punctuation, hyphens for spaces. */
const anchors = (text: string): readonly string[] =>
  all(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

/** Rows of cells, the header first, then the line below it. */
const tablesOf = (text: string): readonly (readonly (readonly string[])[])[] =>
  all(text, /((?:^\|.*\n)+)/gm).map((table) =>
    table
      .trim()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );

describe('the documents', () => {
  for (const page of PAGES) {
    it(`${page}: its links within the repository lead somewhere`, () => {
      for (const link of all(withoutCode(read(page)), /\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
        assert.ok(existsSync(path.join(root, target)), link);
        if (anchor !== undefined) assert.ok(anchors(read(target)).includes(anchor), link);
      }
    });

    it(`${page}: each source that it refers to is named, once`, () => {
      const used = new Set(all(withoutCode(read(page)), /\]\[([\w-]+)\]/g));
      const named = all(read(page), /^\[([\w-]+)\]: /gm);
      assert.deepEqual([...named].sort(), [...used].sort());
    });
  }

  // What the change log says held when it was written.
  for (const page of PAGES.filter((each) => each !== 'CHANGELOG.md')) {
    it(`${page}: the settings and commands that it names are there`, () => {
      const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
      const titles = contributes.commands.map(({ title }) =>
        withoutDots(words[title.replaceAll('%', '')] ?? ''),
      );
      for (const name of all(read(page), /`(memento\.[a-z][\w.]+)`/g))
        assert.ok(settings.includes(name), name);
      for (const title of all(read(page).replace(/\s+/g, ' '), /“Memento: ([^”]+)”/g))
        assert.ok(titles.includes(withoutDots(title)), title);
    });
  }

  it('have every command and variable of the command line in the guide', () => {
    const guide = read('docs/USER_GUIDE.md');
    const named = [...all(USAGE, /^ {2}(memento \S+)/gm), ...all(USAGE, /\b([A-Z]+_[A-Z_]+)\b/g)];
    for (const name of named) assert.ok(guide.includes(name), name);
  });

  it('have every setting, as package.json words it: npm run settings', async () => {
    assert.equal(read('docs/SETTINGS.md'), await settingsPage());
  });
});

describe('the comparison with others', () => {
  for (const page of ['README.md', 'docs/COMPARISON.md']) {
    it(`has a source for each cell about another program, in ${page}`, () => {
      const compared = tablesOf(read(page)).filter(
        ([head = []]) => head[0] === '' && /^Memento/.test(head[1] ?? ''),
      );
      assert.ok(compared.length > 0);
      for (const [, , ...rows] of compared) {
        assert.ok(rows.length >= 5);
        for (const [what, , ...others] of rows)
          for (const cell of others)
            assert.ok(cell === '–' || /\[[^\]]+\]\[[\w-]+\]/.test(cell), `${what ?? ''}: ${cell}`);
      }
    });

    it(`has sources that cannot change under it, in ${page}`, () => {
      for (const url of all(read(page), /^\[[\w-]+\]: (\S+)$/gm))
        assert.match(
          url,
          /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/(?:(?:blob|tree)\/[0-9a-f]{40}\/|issues\/\d+$|pull\/\d+$)/,
        );
    });
  }
});

describe('the map of the code', () => {
  const page = read('docs/ARCHITECTURE.md');
  const files = ['bench', 'docs', 'examples', 'scripts', 'src', 'test', 'webview-ui'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `/${folder}/${name.replaceAll('\\', '/')}`,
    ),
  );

  it('names files that are there', () => {
    const named = all(page, /`([\w./-]+\.(?:ts|tsx|mjs|wat|sh))`/g);
    assert.ok(named.length > 100);
    for (const name of named)
      assert.ok(files.some((file) => file.endsWith(`/${name}`)) || existsSync(path.join(root, name)), name);
  });

  it('has every room', () => {
    const rooms = [...foldersIn('src'), ...foldersIn('src/core'), 'webview-ui'];
    for (const room of rooms.filter((each) => each !== 'src/core'))
      assert.match(page, new RegExp(`^\\| \`${room}\``, 'm'));
    for (const room of [...foldersIn('src/core/memory'), ...foldersIn('src/core/tools')])
      assert.ok(
        page.includes(`\`${path.basename(room)}\``) || page.includes(room.replace('src/core/', '')),
        room,
      );
  });
});

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
