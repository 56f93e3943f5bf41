import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDocumentReader } from '../../../src/node/documents';
import { documentFile } from '../../fakes/documentFixtures';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const project = path.resolve(import.meta.dirname, '../../..');
const workerFile = path.join(project, 'dist/document-worker.js');

describe('the documents’ thread', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const { signal } = new AbortController();
  const file = { name: 'a.txt', bytes: new TextEncoder().encode('text') };

  before(() => {
    if (!existsSync(workerFile))
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: project, stdio: 'inherit' });
  });

  /** A thread that does what the script says when it is asked. */
  async function threadThat(script: string, limits: { limitMs?: number; megabytes?: number } = {}) {
    const worker = path.join(folder(), 'worker.mjs');
    await writeFile(
      worker,
      `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', (message) => { ${script} });`,
    );
    return createDocumentReader({ workerFile: worker, ...limits });
  }

  it('reads documents one after the other, and the same again from memory', async () => {
    const reader = createDocumentReader({ workerFile });
    const names = ['rivers-libreoffice.pdf', 'rivers-pandoc.docx', 'sheets-openpyxl.xlsx', 'cut-off.pdf'];
    const read = await Promise.all(names.map((name) => reader.read(documentFile(name), { signal })));
    assert.deepEqual(
      read.map((result) => (result.ok ? result.value.format : result.fault.code)),
      ['pdf', 'docx', 'xlsx', 'bad-reply'],
    );
    const again = await reader.read(documentFile('rivers-pandoc.docx'), { signal });
    assert.ok(again.ok && read[1]?.ok === true && again.value === read[1].value, 'it is the same object');
    await reader.dispose();
  });

  it('reads an entry of an archive', async () => {
    const reader = createDocumentReader({ workerFile });
    const read = await reader.read(documentFile('notes.zip'), { entry: 'rivers.md', signal });
    assert.equal(read.ok ? read.value.format : read.fault.message, 'markdown');
    await reader.dispose();
  });

  it('ends what takes too long, and reads on', async () => {
    const reader = await threadThat('if (true) for (;;);', { limitMs: 300 });
    for (const _ of [1, 2]) {
      const read = await reader.read(file, { signal });
      assert.deepEqual(read.ok ? 'read' : [read.fault.code, /too long/.test(read.fault.message)], [
        'limit',
        true,
      ]);
    }
    await reader.dispose();
  });

  it('ends what takes too much memory', async () => {
    const reader = await threadThat('const all = []; for (;;) all.push(new Array(1e6).fill({}));', {
      megabytes: 32,
    });
    const read = await reader.read(file, { signal });
    assert.deepEqual(read.ok ? 'read' : [read.fault.code, /too much memory/.test(read.fault.message)], [
      'limit',
      true,
    ]);
    await reader.dispose();
  });

  it('a crash of the thread is a fault', async () => {
    const reader = await threadThat('process.exit(3);');
    const read = await reader.read(file, { signal });
    assert.equal(read.ok ? 'read' : read.fault.code, 'bad-reply');
    await reader.dispose();
  });

  it('stops when it is not waited for any more; others that wait are read', async () => {
    const reader = createDocumentReader({ workerFile });
    const abort = new AbortController();
    const first = reader.read(documentFile('rivers-libreoffice.pdf'), { signal: abort.signal });
    const second = reader.read(documentFile('rivers.odt'), { signal });
    abort.abort(new Error('not wanted'));
    await assert.rejects(first, /not wanted/);
    const read = await second;
    assert.equal(read.ok ? read.value.format : read.fault.message, 'odt');
    await reader.dispose();
  });
});
