import assert from 'node:assert/strict';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readText, writeText } from '../../../src/node/textFile';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('text files', () => {
  const folder = temporaryFolder();
  const inFolder = (name: string) => path.join(folder(), name);
  async function textOf(file: string): Promise<string> {
    const parts: string[] = [];
    for await (const part of readText(file)) parts.push(part);
    return parts.join('');
  }

  it('are read in pieces, whatever character a piece cuts through', async () => {
    const text = '湖が深い🎣'.repeat(20_000);
    await writeFile(inFolder('a'), text);
    assert.equal(await textOf(inFolder('a')), text);
  });

  it('may be UTF-16 with a byte order mark', async () => {
    await writeFile(inFolder('a'), Buffer.from('\ufeff{"a":"湖"}', 'utf16le'));
    assert.equal(await textOf(inFolder('a')), '{"a":"湖"}');
  });

  it('may be empty, and must be there', async () => {
    await writeFile(inFolder('a'), '');
    assert.equal(await textOf(inFolder('a')), '');
    await assert.rejects(textOf(inFolder('b')), { code: 'ENOENT' });
  });

  it('are replaced as a whole', async () => {
    await writeFile(inFolder('a'), 'old');
    const result = await writeText(inFolder('a'), async (write) => {
      await write('ne');
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'old');
      await write('w');
      return 7;
    });
    assert.deepEqual([result, await readFile(inFolder('a'), 'utf8')], [7, 'new']);
  });

  it('stay as they were where writing fails, and nothing is left beside them', async () => {
    await writeFile(inFolder('a'), 'old');
    const failing = writeText(inFolder('a'), async (write) => {
      await write('new');
      throw new Error('full');
    });
    await assert.rejects(failing, /full/);
    assert.deepEqual([await readFile(inFolder('a'), 'utf8'), await readdir(folder())], ['old', ['a']]);
  });

  it('are written where a link leads', async function () {
    if (process.platform === 'win32') this.skip();
    await writeFile(inFolder('a'), 'old');
    await symlink(inFolder('a'), inFolder('link'));
    await writeText(inFolder('link'), (write) => write('new'));
    assert.equal(await readFile(inFolder('a'), 'utf8'), 'new');
  });
});
