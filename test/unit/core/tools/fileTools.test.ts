import assert from 'node:assert/strict';
import { listFilesTool } from '../../../../src/core/tools/listFiles';
import { readFileTool } from '../../../../src/core/tools/readFile';
import { searchWorkspaceTool } from '../../../../src/core/tools/searchWorkspace';
import { callTool } from '../../../fakes/callTool';
import { memoryFiles } from '../../../fakes/memoryFiles';
import { memorySearch } from '../../../fakes/memorySearch';

const FILES = {
  'notes/winch.md': '# Winch\n\nIt lifts 400 kg.\r\nIt is red.\n',
  'long.txt': Array.from({ length: 1000 }, (_, i) => `line ${i + 1}`).join('\n'),
  'wide.json': `{"a":"${'x'.repeat(50_000)}"}`,
  'empty.txt': '',
};
const files = memoryFiles(FILES);

describe('search_workspace', () => {
  const tool = searchWorkspaceTool(memorySearch(FILES));

  it('lists passages with marks, places and titles, each cited with its lines', async () => {
    const { ok, content, preview, cited, evidence } = await callTool(tool, {
      query: 'How much does the winch lift?',
    });
    assert.ok(ok);
    assert.equal(content, '[e1] notes/winch.md:1-4 — Winch\n# Winch\n\nIt lifts 400 kg.\r\nIt is red.');
    assert.equal(preview, '1 passage in 1 file');
    assert.deepEqual(cited[0]?.locator, { kind: 'lines', start: 1, end: 4 });
    assert.deepEqual(
      evidence?.map(({ id }) => id),
      ['e1'],
    );
  });

  it('no match is an observation', async () => {
    const { ok, content, cited } = await callTool(tool, { query: 'zebra' });
    assert.ok(ok && content.startsWith('No passage in the workspace matches: zebra.') && cited.length === 0);
  });

  it('an empty query is refused', async () => assert.equal((await callTool(tool, { query: ' ' })).ok, false));
});

describe('list_files', () => {
  const tool = listFilesTool(files);

  it('lists paths with sizes', async () => {
    assert.equal((await callTool(tool, { glob: '*.md' })).content, 'notes/winch.md (38 B)');
    assert.equal((await callTool(tool, { glob: '*.json' })).content, 'wide.json (50.0 kB)');
    assert.equal((await callTool(tool, {})).preview, '4 files');
  });
  it('no match is an observation', async () => {
    const { ok, content } = await callTool(tool, { glob: '*.rs' });
    assert.ok(ok && content.startsWith('No file matches *.rs.'));
  });
  it('says how many it leaves out', async () => {
    const many = memoryFiles(Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.txt`, ''])));
    assert.match(
      (await callTool(listFilesTool(many), { glob: '**' })).content,
      /… and 50 more: narrow the glob to see them\.$/,
    );
  });
});

describe('read_file', () => {
  const tool = readFileTool(files);
  const read = (path: string, startLine?: number, endLine?: number) =>
    callTool(tool, { path, startLine, endLine });

  it('gives the lines exactly, as one piece of evidence', async () => {
    const { content, cited, preview } = await read('notes/winch.md');
    assert.equal(content, '[e1] notes/winch.md:1-4 — Winch\n# Winch\n\nIt lifts 400 kg.\r\nIt is red.');
    assert.deepEqual(cited[0]?.locator, { kind: 'lines', start: 1, end: 4 });
    assert.equal(preview, 'notes/winch.md, lines 1-4 of 4');
  });

  it('a range of lines', async () => {
    const { content, cited } = await read('notes/winch.md', 3, 3);
    assert.equal(content, '[e1] notes/winch.md:3 — Winch\nIt lifts 400 kg.\n(the file has 4 lines)');
    assert.equal(cited[0]?.text, 'It lifts 400 kg.');
  });

  it('says how to read on', async () => {
    assert.match(
      (await read('long.txt')).content,
      /\nline 400\n\(lines 401-1000 are left: call read_file with startLine 401\)$/,
    );
    assert.match((await read('long.txt', 401)).content, /startLine 801\)$/);
    assert.match((await read('long.txt', 801)).content, /\nline 1000$/);
    assert.equal((await read('long.txt', 990, 5000)).cited[0]?.locator.kind, 'lines');
  });

  it('a line that is too long is cut, and read on where it was', async () => {
    const { content, cited } = await read('wide.json');
    assert.equal(cited[0]?.text.length, 24_000);
    assert.match(
      content,
      /\(line 1 goes on: 26008 of its 50008 characters are left: call read_file with startLine 1 and startColumn 24001\)$/,
    );
    const from = (startColumn: number) => callTool(tool, { path: 'wide.json', startLine: 1, startColumn });
    assert.match((await from(24_001)).content, /2008 of its 50008 characters .* startColumn 48001\)$/);
    const end = await from(48_001);
    assert.equal(end.cited[0]?.text.length, 2_008);
    assert.doesNotMatch(end.content, /goes on/);
    assert.equal((await from(50_009)).content, 'Line 1 of wide.json ends before column 50009.');
  });

  const failures: readonly (readonly [string, number | undefined, number | undefined, string])[] = [
    ['missing.md', undefined, undefined, 'There is no file missing.md in the workspace.'],
    ['notes/winch.md', 9, undefined, 'notes/winch.md has 4 lines: there is no line 9.'],
    ['notes/winch.md', 3, 2, 'endLine 2 is before startLine 3.'],
  ];
  for (const [path, start, end, message] of failures) {
    it(message, async () => {
      const { ok, content, cited } = await read(path, start, end);
      assert.deepEqual([ok, content, cited.length], [false, message, 0]);
    });
  }

  it('an empty file is an observation', async () => {
    const { ok, content } = await read('empty.txt');
    assert.deepEqual([ok, content], [true, 'empty.txt is empty.']);
  });
});
