import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guardOf } from '../../../../src/core/tools/guardedPaths';

const AROUND = { home: '/home/ada', folders: ['/data/memento'] };
const GUARDED = [
  '/w/.vscode/settings.json',
  '/w/.git/config',
  '/w/sub/.git/hooks/pre-commit',
  '/w/AGENTS.md',
  '/w/a/.mcp.json',
  '/w/.github/workflows/ci.yml',
  '/w/.github/instructions/a.md',
  '/w/all.code-workspace',
  '/home/ada/.bashrc',
  '/home/ada/.ssh/config',
  '/data/memento/projects/x/cases.db',
];

describe('guarded paths', () => {
  it('says what they are', () => {
    for (const file of GUARDED) assert.notEqual(guardOf(file, AROUND), undefined, file);
    assert.equal(guardOf('/home/ada/.bashrc', AROUND), 'a hidden file of the home folder');
    assert.equal(guardOf('/w/.vscode', AROUND), 'the settings of an editor');
    assert.equal(guardOf('/w/.github/hooks/a.json', AROUND), 'instructions or workflows of the repository');
    assert.equal(guardOf('/w/a.code-workspace', AROUND), 'the settings of a workspace');
    assert.equal(guardOf('/data/memento', AROUND), 'settings or memory of the user');
  });

  it('are no others', () => {
    for (const file of [
      '/w/notes/a.md',
      '/w/.hidden/a.md',
      '/w/vscode/settings.json',
      '/w/.github/ISSUE_TEMPLATE.md',
      '/w/github/workflows/ci.yml',
      '/w/.gitignore',
      '/w/.github',
      '/w/legit~1/config',
      '/w/git~1a/config',
      '/w/my-agents.md',
      '/home/ada/notes/.draft',
      '/home/adam/.bashrc',
      '/data/memento-notes/a.md',
      '/data',
      '/',
      '',
    ])
      assert.equal(guardOf(file, AROUND), undefined, file);
  });

  it('are none of a home or a folder that nobody knows', () => {
    for (const file of ['.hidden/a', '/.hidden/a', 'a'])
      assert.equal(guardOf(file, { home: '', folders: [''] }), undefined, file);
  });

  it('stay so in every spelling that a file system may take for the same', () => {
    const odd = fc.constantFrom('\u200d', '\u200c', '\ufeff', '\u2060', '\u00ad');
    const spelt = (file: string) =>
      fc
        .tuple(
          fc.constant('/'),
          ...Array.from(file.slice(1), (letter) =>
            letter === '/'
              ? fc.constantFrom('/', '//', '/./', '/x/../', '\\', '/a/b/../../', '. /', './', '::$DATA/')
              : fc.oneof(
                  fc.constant(letter),
                  fc.constant(letter.toUpperCase()),
                  odd.map((each) => letter + each),
                ),
          ),
        )
        .map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...GUARDED).chain(spelt), (file) => {
        assert.notEqual(guardOf(file, AROUND), undefined);
      }),
      { numRuns: 1_000 },
    );
    for (const file of [
      'C:\\w\\GIT~1\\config',
      '/w/git~12/config',
      '/../home/ada/.bashrc',
      '/home/\u200d/ada/.bashrc',
      '/home/./ada/./.bashrc',
    ])
      assert.notEqual(guardOf(file, AROUND), undefined, file);
  });

  it('are told of any text at all', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (file, home) => {
        const guard = guardOf(file, { home, folders: [home] });
        assert.ok(guard === undefined || guard.length > 0);
      }),
    ));
});
