import assert from 'node:assert/strict';
import path from 'node:path';
import { isAlive, until } from '../../../fakes/processes';
import { temporaryFolder } from '../../../fakes/temporaryFolder';
import { call, closeServers, logOf, misbehaving, servers } from './support';

/** Waits are short where a test has to sit them out. */
const SOON = { firstRest: 10, restWaited: 1_000 };

describe('an MCP server that misbehaves', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  afterEach(closeServers);
  const logFile = () => path.join(folder(), 'log');
  const logged = (modes: readonly string[], more: object = {}) =>
    misbehaving(modes, { env: { MCP_LOG: logFile(), MCP_KEY: 'sesame-open-42' }, ...more });

  it('that dies during a call is a fault that says so, without its key, and the next call has a new one', async () => {
    const { tool } = servers({ s: logged([]) }, { limits: SOON });
    const die = await tool('s__die');
    await assert.rejects(
      call(die),
      /^Error: unreachable: The MCP server “s” ended during the call \(exit code 3: the key is \[key\]\)\. The next call starts it again\.$/,
    );
    assert.equal((await call(await tool('s__echo'), { a: 1 })).text, '{"a":1}');
    assert.equal(logOf(logFile()).filter((line) => line.startsWith('start')).length, 2);
  });

  it('that dies takes its other calls with it, and its tool works again afterwards', async () => {
    const { tool } = servers({ s: logged(['once', path.join(folder(), 'died')]) }, { limits: SOON });
    const [slow, dieOnce] = [await tool('s__slow'), await tool('s__die_once')];
    const calls = await Promise.allSettled([call(slow), call(dieOnce)]);
    assert.deepEqual(
      calls.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal((await call(dieOnce)).text, 'alive');
  });

  it('that dies again and again is left alone for longer and longer', async () => {
    const { tool } = servers(
      { s: logged([]) },
      { limits: { firstRest: 200, restWaited: 300, longestRest: 60_000 } },
    );
    const die = await tool('s__die');
    await assert.rejects(call(die), /ended during the call/);
    await assert.rejects(call(die), /ended during the call/);
    await assert.rejects(call(die), /could not be used 2 times in a row\. It is tried again in 1 s\./);
    assert.equal(logOf(logFile()).filter((line) => line.startsWith('start')).length, 2);
  });

  it('that hangs at its start costs a run its tools, and no more than its patience', async () => {
    const { names, notices } = servers(
      { hangs: logged(['hang']), s: misbehaving([]) },
      { limits: { patience: 1_500 } },
    );
    assert.ok((await names()).includes('s__echo'));
    assert.deepEqual(await notices(), [
      'The MCP server “hangs” has not started within 1.5 s: this run goes on without its tools.',
    ]);
  });

  it('that hangs at its start for good is ended', async () => {
    const { notices } = servers({ s: logged(['hang']) }, { limits: { start: 300 } });
    assert.deepEqual(await notices(), [
      'The MCP server “s” did not answer within 0.3 s. Its tools are not there.',
    ]);
    const [start = ''] = logOf(logFile());
    await until(() => !isAlive(Number(start.split(' ')[1])));
  });

  it('that ends at once, or is not there, is told with its last words', async () => {
    const { notices } = servers({ ends: misbehaving(['exit']), nowhere: { command: '/no/such/program' } });
    const [ends = '', nowhere = ''] = await notices();
    assert.match(
      ends,
      /^The MCP server “ends” cannot be reached: it ended at its start \(exit code 1: Error: the database is locked\)\./,
    );
    assert.match(nowhere, /“nowhere” cannot be reached: .*(ENOENT|could not be started)/);
  });

  it('that prints what is no message is understood all the same', async () => {
    const { tool } = servers({ s: misbehaving(['garbage']) });
    assert.equal((await call(await tool('s__echo'), { message: 'hi' })).text, '{"message":"hi"}');
  });

  it('that answers with what is no reply, or greets with no line break, is not waited for', async () => {
    const { tool } = servers({ s: misbehaving(['greeting'], { timeout: 600 }) });
    await assert.rejects(
      call(await tool('s__no_reply')),
      /answered with an error: What it sent is no reply of the Model Context Protocol\.$/,
    );
    assert.equal((await call(await tool('s__echo'), { a: 1 })).text, '{"a":1}');
  });

  it('is told when a call is called off, which ends at once', async () => {
    const { tool } = servers({ s: logged([]) });
    const slow = await tool('s__slow');
    const cancel = new AbortController();
    const calling = call(slow, {}, cancel.signal);
    await until(() => logOf(logFile()).includes('tools/call'));
    cancel.abort(new DOMException('enough', 'AbortError'));
    await assert.rejects(calling, { name: 'AbortError', message: 'enough' });
    await until(() => logOf(logFile()).some((line) => line.startsWith('notifications/cancelled')));
    // A call that had ended is not called off.
    assert.equal((await call(await tool('s__echo'))).text, '{}');
    assert.equal(logOf(logFile()).filter((line) => line.startsWith('notifications/cancelled')).length, 1);
  });

  it('has so long to answer, and longer while it tells its progress', async () => {
    const { tool } = servers({ s: misbehaving([], { timeout: 0.35 }) });
    await assert.rejects(
      call(await tool('s__slow')),
      /^Error: stalled: The MCP server “s” did not answer within 0\.35 s\.$/,
    );
    const { text, progress } = await call(await tool('s__patient'));
    assert.equal(text, 'patience');
    assert.equal(progress.length, 6);
  });

  it('tells its progress to the last step, however close the result is behind', async () => {
    const { tool } = servers({ s: misbehaving([]) });
    assert.deepEqual((await call(await tool('s__steps'))).progress, [
      '1/3 step 1',
      '2/3 step 2',
      '3/3 step 3',
    ]);
  });

  it('has its tools listed anew when it says that they changed', async () => {
    const { names, tool } = servers({ s: logged([]) });
    assert.ok(!(await names()).includes('s__grown'));
    await call(await tool('s__grow'));
    assert.equal((await call(await tool('s__grown'))).text, 'here');
    assert.equal(logOf(logFile()).filter((line) => line === 'tools/list').length, 2);
  });

  it('with pages has all of them listed', async () => {
    const { names } = servers({ paged: misbehaving(['paged']), plain: misbehaving([]) });
    const all = await names();
    const of = (server: string) =>
      all.filter((name) => name.startsWith(server)).map((name) => name.slice(server.length));
    assert.deepEqual(of('paged__'), of('plain__'));
  });

  it('has names that models take, no two alike, and each calls its own tool', async () => {
    const { names, tool } = servers({ 'My server!': misbehaving([]) });
    const all = await names();
    assert.equal(new Set(all).size, all.length);
    for (const name of all) assert.match(`mcp__${name}`, /^mcp__My_server___[A-Za-z0-9_-]+$/);
    for (const name of all) assert.ok(`mcp__${name}`.length <= 64, name);
    assert.equal((await call(await tool('My_server___odd_name_with_signs'))).text, 'odd');
    const same = await Promise.all(all.filter((name) => name.includes('same_name')).map(tool));
    assert.deepEqual(
      (await Promise.all(same.map((each) => call(each)))).map(({ text }) => text),
      ['dot', 'colon'],
    );
    const long = await Promise.all(all.filter((name) => name.includes('long_xxx')).map(tool));
    assert.deepEqual(
      (await Promise.all(long.map((each) => call(each)))).map(({ text }) => text),
      ['one', 'two'],
    );
  });

  it('with schemas that are none costs no model request', async () => {
    const { tool } = servers({ s: misbehaving([]) });
    assert.deepEqual((await tool('s__echo')).schema, {
      type: 'object',
      properties: { message: { type: 'string' } },
    });
    for (const name of ['fail', 'broken']) {
      assert.deepEqual((await tool(`s__${name}`)).schema, { type: 'object', properties: {} });
    }
  });

  it('has failures, broken results and content of unknown kinds told apart', async () => {
    const { tool } = servers({ s: misbehaving([]) });
    const failed = await call(await tool('s__fail'));
    assert.deepEqual([failed.ok, failed.text], [false, 'no such lake']);
    await assert.rejects(call(await tool('s__broken')), /^Error: bad-reply: /);
    const strange = await call(await tool('s__strange'));
    assert.equal(strange.text, '(content of a kind that is not known here)\nand words');
    assert.equal((await call(await tool('s__escape'))).text, 'red plain');
  });

  it('may send much, but not without end, and lives on', async () => {
    const { tool } = servers({ s: misbehaving([]) });
    const huge = await tool('s__huge');
    assert.equal((await call(huge, { megabytes: 20 })).text.length, 20 * 1024 * 1024);
    await assert.rejects(call(huge, { megabytes: 33 }), /^Error: tool: .*The reply is larger than 32 MB\.$/);
    assert.equal((await call(await tool('s__echo'))).text, '{}');
  });

  it('gets few variables of ours, and those that are meant for it', async () => {
    process.env['MEMENTO_TEST_SECRET'] = 'hidden';
    try {
      const env = { PURPOSE: '${env:MEMENTO_TEST_SECRET}' };
      const { tool } = servers({ s: misbehaving([], { env, cwd: folder() }) });
      const names = (await call(await tool('s__environment'))).text.split(' ');
      assert.ok(names.includes('PURPOSE') && names.includes('PATH'), names.join(' '));
      assert.ok(!names.includes('MEMENTO_TEST_SECRET'));
      assert.equal((await call(await tool('s__folder'))).text, folder());
    } finally {
      delete process.env['MEMENTO_TEST_SECRET'];
    }
  });

  it('and all that it started are gone after the end, even if they heed nothing', async function () {
    if (process.platform === 'win32') this.skip();
    const { mcp, names } = servers({ s: logged(['deaf', 'child']) });
    await names();
    const pids = logOf(logFile()).flatMap((line) => /^(?:start|child) (\d+)$/.exec(line)?.[1] ?? []);
    assert.equal(pids.length, 2);
    assert.ok(pids.every((pid) => isAlive(Number(pid))));
    await mcp.dispose();
    await until(() => pids.every((pid) => !isAlive(Number(pid))));
    assert.deepEqual(await names(), []);
  });

  it('is ended when its configuration changes, and started as it is now', async () => {
    const { configure, mcp, names } = servers({ s: logged([]) });
    await names();
    const [first = ''] = logOf(logFile());
    configure({ other: logged(['paged']) });
    await mcp.refresh();
    await until(() => !isAlive(Number(first.split(' ')[1])));
    assert.ok((await names()).every((name) => name.startsWith('other__')));
  });

  it('need not start for a tool of another', async () => {
    const { mcp } = servers({ s: logged([]), t: misbehaving([]) });
    const { tools } = await mcp.list(new AbortController().signal, 'mcp__t__echo');
    assert.ok(tools.some(({ name }) => name === 'mcp__t__echo'));
    assert.throws(() => logOf(logFile()), /ENOENT/);
  });
});
