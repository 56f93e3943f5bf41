import assert from 'node:assert/strict';
import { mediaTypeOf } from '../../../../src/core/common/mediaType';
import { failed, ok } from '../../../../src/core/common/result';
import type { ForeignResult, ForeignTool, ForeignTools, RunFiles } from '../../../../src/core/ports';
import { joinForeignTools } from '../../../../src/core/tools/foreignSources';
import { foreignTool } from '../../../../src/core/tools/foreignTool';
import { callTool } from '../../../fakes/callTool';

const text = (words: string) => ({ kind: 'text' as const, source: 'mcp__s__t', title: 'T', text: words });

function foreign(result: Partial<ForeignResult>, more: Partial<ForeignTool> = {}): ForeignTool {
  return {
    name: 'mcp__s__t',
    server: 'the MCP server “s”',
    description: 'does it',
    schema: { type: 'object', properties: {} },
    readOnly: true,
    call: async () => ok({ ok: true, content: [], images: [], ...result }),
    ...more,
  };
}

function keeper(): RunFiles & { readonly kept: Map<string, string | Uint8Array> } {
  const kept = new Map<string, string | Uint8Array>();
  const none = () => Promise.resolve(failed('not-found', 'It is not read here.'));
  return {
    kept,
    lines: none,
    bytes: none,
    locate: none,
    write: async (_runId, name, content) => {
      kept.set(name, content);
      return ok({ path: `files/${name}`, bytes: content.length, mediaType: mediaTypeOf(name) });
    },
  };
}

describe('a foreign tool in a run', () => {
  it('makes each part a source of its own', async () => {
    const content = [
      text('The lake is deep.'),
      { ...text('42 m'), kind: 'resource' as const, source: 'lake://depth' },
    ];
    const { cited, content: said, ok: worked } = await callTool(foreignTool(foreign({ content })), {});
    assert.ok(worked);
    assert.deepEqual(
      cited.map(({ source, locator }) => [source, locator.kind]),
      [
        ['mcp__s__t', 'output'],
        ['lake://depth', 'whole'],
      ],
    );
    assert.equal(said, '[e1] T\nThe lake is deep.\n\n[e2] T\n42 m');
  });

  it('cites nothing of a failure', async () => {
    const failed = await callTool(foreignTool(foreign({ ok: false, content: [text('no such lake')] })), {});
    assert.deepEqual([failed.ok, failed.content, failed.cited], [false, 'no such lake', []]);
    const silent = await callTool(foreignTool(foreign({ ok: false })), {});
    assert.equal(silent.content, 'The tool failed and did not say why.');
  });

  it('that may change something is asked about, with everything in its arguments to be seen', async () => {
    let called = 0;
    const call = async () => {
      called++;
      return ok({ ok: true, content: [], images: [] });
    };
    const tool = foreignTool(foreign({}, { readOnly: false, call }));
    const args = { path: 'a\u202egpj.exe', more: '\u2028\u001b' };
    const refused = await callTool(tool, args);
    assert.deepEqual([refused.ok, called], [false, 0]);
    assert.deepEqual(
      refused.asked.map(({ what, command }) => [what, command]),
      [['tool', 'mcp__s__t {"path":"a\\u202egpj.exe","more":"\\u2028\\u001b"}']],
    );
    await callTool(tool, args, { approve: true });
    assert.equal(called, 1);
  });

  it('that returns much is cut, and says where the whole is', async () => {
    const files = keeper();
    const long = `begin ${'x'.repeat(200_000)} end`;
    const content = [text('short'), text(long)];
    const result = await callTool(foreignTool(foreign({ content }), files), {});
    assert.ok(result.content.length < 45_000);
    assert.match(
      result.content,
      /^\[e1\] T\nshort\n\n\[e2\] T\nbegin x+\n… 160,\d{3} characters left out …\nx+ end\n\n\(The whole result is in run:files\/c1-result\.txt\.\)$/,
    );
    assert.deepEqual(
      result.files?.map(({ path }) => path),
      ['files/c1-result.txt'],
    );
    assert.ok(String(files.kept.get('c1-result.txt')).includes(long));
  });

  it('that returns many parts shows some of them', async () => {
    const content = Array.from({ length: 80 }, (_, i) => text(`part ${i}`));
    const { content: said, cited } = await callTool(foreignTool(foreign({ content })), {});
    assert.equal(cited.length, 50);
    assert.match(said, /\(30 more parts of the result are left out\.\)$/);
  });

  it('that returns images leaves them as files of the call', async () => {
    const files = keeper();
    const images = [{ mediaType: 'image/jpeg' as const, bytes: new Uint8Array([1, 2]) }];
    const result = await callTool(foreignTool(foreign({ images }), files), {});
    assert.deepEqual(result.files, [{ path: 'files/c1-image-1.jpg', bytes: 2, mediaType: 'image/jpeg' }]);
    assert.deepEqual(files.kept.get('c1-image-1.jpg'), new Uint8Array([1, 2]));
  });

  it('says so where what it returned cannot be kept', async () => {
    const full = { ...keeper(), write: () => Promise.resolve(failed('storage', 'The disk is full.')) };
    const content = [text('x'.repeat(100_000))];
    const result = await callTool(foreignTool(foreign({ content }), full), {});
    assert.match(result.content, /\n\n\(The disk is full\.\)$/);
    assert.deepEqual(result.files, []);
  });

  it('shows its progress while it works', async () => {
    const call: ForeignTool['call'] = async (_, host) => {
      host.onProgress(1, 3, undefined);
      host.onProgress(2, undefined, 'almost');
      return ok({ ok: true, content: [], images: [] });
    };
    const { output, content } = await callTool(foreignTool(foreign({}, { call })), {});
    assert.equal(output, '1 of 3\n2: almost\n');
    assert.equal(content, '(nothing)');
  });

  it('of several sources is there once, the first', async () => {
    const source = (server: string): ForeignTools => ({
      list: async () => ({ tools: [foreign({}, { server })], notices: [`${server} says`] }),
    });
    const { tools, notices } = await joinForeignTools([source('a'), source('b')]).list(
      new AbortController().signal,
    );
    assert.deepEqual(
      tools.map(({ server }) => server),
      ['a'],
    );
    assert.deepEqual(notices, ['a says', 'b says']);
  });
});
