import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../../../fakes/processes';
import { temporaryFolder } from '../../../fakes/temporaryFolder';
import { call, closeServers, everything, program, servers } from './support';

const NAME = 'everything__';

/** Servers that others wrote, out of their npm packages. */
describe('the MCP servers of npm', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  afterEach(closeServers);

  it('everything: tools with what they say of themselves', async () => {
    const { mcp, tool, names } = servers({ everything });
    assert.deepEqual((await mcp.list(new AbortController().signal)).notices, []);
    const all = await names();
    for (const name of ['echo', 'get-sum', 'list_resources', 'read_resource'])
      assert.ok(all.includes(NAME + name), name);
    const sum = await tool('everything__get-sum');
    assert.deepEqual((sum.schema['properties'] as { a: { type: string } }).a.type, 'number');
    assert.equal(sum.readOnly, true);
    assert.equal((await call(sum, { a: 2, b: 40 })).text, 'The sum of 2 and 40 is 42.');
    assert.equal((await tool('everything__toggle-simulated-logging')).readOnly, false);
    await assert.rejects(
      call(sum, { a: 'two' }).then(({ ok, text }) => assert.ok(ok, text)),
      /Invalid arguments/i,
    );
  });

  it('everything: asks before every call where the user wants it so', async () => {
    const { tool } = servers({ everything: { ...everything, approve: 'always' } });
    assert.equal((await tool('everything__get-sum')).readOnly, false);
    assert.equal((await tool('everything__read_resource')).readOnly, false);
  });

  it('everything: a long operation tells its progress, and can be called off', async () => {
    const { tool } = servers({ everything });
    const long = await tool('everything__trigger-long-running-operation');
    const done = await call(long, { duration: 0.3, steps: 3 });
    assert.deepEqual(done.progress, ['1/3', '2/3', '3/3']);
    assert.match(done.text, /completed/);
    const cancel = new AbortController();
    const calling = call(long, { duration: 60, steps: 600 }, cancel.signal);
    setTimeout(() => cancel.abort(), 100);
    await assert.rejects(calling, { name: 'AbortError' });
  });

  it('everything: images, embedded resources, links and structured content', async () => {
    const { tool } = servers({ everything });
    const { images, text } = await call(await tool('everything__get-tiny-image'));
    assert.deepEqual(
      images.map(({ mediaType }) => mediaType),
      ['image/png'],
    );
    assert.deepEqual([...(images[0]?.bytes.subarray(0, 4) ?? [])], [0x89, 0x50, 0x4e, 0x47]);
    assert.match(text, /\(image 1, image\/png, [\d,]+ bytes\)/);

    const reference = { resourceType: 'Text', resourceId: 3 };
    const embedded = (await call(await tool('everything__get-resource-reference'), reference)).content;
    assert.deepEqual(
      embedded.filter(({ kind }) => kind === 'resource').map(({ source }) => source),
      ['demo://resource/dynamic/text/3'],
    );
    const links = await call(await tool('everything__get-resource-links'), { count: 2 });
    assert.match(links.text, /A link to the resource demo:\/\/resource\/dynamic\//);
    assert.ok(links.content.every(({ kind }) => kind === 'text'));

    const weather = await call(await tool('everything__get-structured-content'), { location: 'New York' });
    assert.equal(weather.content.length, 1, 'what the text says already is not said again');
    assert.equal(typeof (JSON.parse(weather.text) as { temperature: number }).temperature, 'number');
  });

  it('everything: resources are listed, found and read, text and other', async () => {
    const { tool } = servers({ everything });
    const list = await tool('everything__list_resources');
    assert.match((await call(list)).text, /^demo:\/\/resource\/static\/document\/architecture\.md · /);
    const found = (await call(list, { find: 'FEATURES' })).text;
    assert.match(found, /features\.md/);
    assert.doesNotMatch(found, /architecture/);
    assert.equal((await call(list, { find: 'nowhere to be found' })).text, '(no resources)');

    const read = await tool('everything__read_resource');
    const uri = 'demo://resource/static/document/features.md';
    const [document] = (await call(read, { uri })).content;
    assert.deepEqual([document?.kind, document?.source], ['resource', uri]);
    assert.match(document?.text ?? '', /^# /);
    const blob = await call(read, { uri: 'demo://resource/dynamic/blob/1' });
    assert.match(blob.text, /^Resource 1: This is a base64 blob|which is no text|text\/plain/);
    await assert.rejects(call(read, { uri: 'demo://nowhere' }), /^Error: tool: .*not found/);
    await assert.rejects(call(read), /^Error: bad-arguments/);
  });

  it('everything: a tool that only works as a task', async () => {
    const { tool } = servers({ everything });
    const { text } = await call(await tool('everything__simulate-research-query'), { topic: 'bats' });
    assert.match(text, /bats/);
  });

  it('filesystem: reads where it may, is asked about what it writes, and keeps to its folder', async () => {
    const file = path.join(folder(), 'lake.txt');
    await writeFile(file, 'The lake is 42 m deep.\n');
    const files = { command: process.execPath, args: [program('server-filesystem'), folder()] };
    const { tool } = servers({ files });
    const read = await tool('files__read_text_file');
    assert.deepEqual([read.readOnly, (await tool('files__write_file')).readOnly], [true, false]);
    assert.equal((await call(read, { path: file })).text, 'The lake is 42 m deep.\n');
    assert.ok((await call(await tool('files__write_file'), { path: `${file}.new`, content: 'x' })).ok);
    assert.equal(await readFile(`${file}.new`, 'utf8'), 'x');
    const outside = await call(read, { path: path.resolve('package.json') });
    assert.equal(outside.ok, false);
    assert.match(outside.text, /Access denied/);
  });

  it('filesystem: works in the workspace folder where the user says that it is told of it', async () => {
    const workspace = path.join(folder(), 'workspace');
    await mkdir(workspace);
    await writeFile(path.join(workspace, 'a.txt'), 'inside');
    const files = { command: process.execPath, args: [program('server-filesystem'), folder()], roots: true };
    const { tool } = servers({ files }, { workspace });
    const allowed = await tool('files__list_allowed_directories');
    let told = '';
    // It asks for the roots after the handshake, in its own time.
    await until(() => {
      void call(allowed).then(({ text }) => (told = text));
      return told.includes(workspace);
    });
    assert.equal(
      (await call(await tool('files__read_text_file'), { path: path.join(workspace, 'a.txt') })).text,
      'inside',
    );
  });
});
