import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chooseTimes, createVideoReader } from '../../../src/node/ffmpeg';
import { runProgram } from '../../../src/node/program';
import { makeClip, skipWithoutFfmpeg } from '../../fakes/clips';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const { signal } = new AbortController();
const reader = createVideoReader();

const messageOf = async (result: Promise<{ readonly ok: boolean; readonly fault?: { message: string } }>) =>
  (await result).fault?.message ?? 'no fault';

describe('chooseTimes', () => {
  it('begins with the first frame and spreads over the scenes', () => {
    assert.deepEqual(chooseTimes([2, 4], 6, 16), [0, 2, 4]);
    assert.deepEqual(chooseTimes([0, 2], 6, 16), [0, 2]);
    assert.deepEqual(chooseTimes([1, 2, 3, 4, 5, 6, 7, 8], 9, 5), [0, 1, 3, 5, 7]);
  });
  it('goes evenly where no scene changes', () => {
    assert.deepEqual(chooseTimes([], 20, 16), [0, 5, 10, 15]);
    assert.deepEqual(chooseTimes([], 100, 4), [0, 25, 50, 75]);
    assert.deepEqual(chooseTimes([], 0, 4), [0]);
  });
});

describe('ffmpeg', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const file = (name: string) => path.join(folder(), name);
  before(skipWithoutFfmpeg);

  it('gives a frame of each scene, as a JPEG, with its time', async () => {
    const clip = makeClip(file('clip.mp4'));
    const found = await reader.frames(clip, { limit: 16, signal });
    assert.ok(found.ok, found.ok ? '' : found.fault.message);
    const { durationSeconds, frames } = found.value;
    assert.ok(Math.abs(durationSeconds - 6) < 0.2, String(durationSeconds));
    assert.deepEqual(
      frames.map(({ at }) => Math.round(at)),
      [0, 2, 4],
    );
    for (const { image } of frames) {
      assert.equal(image.mediaType, 'image/jpeg');
      assert.equal(Buffer.from(image.bytes.subarray(0, 3)).toString('hex'), 'ffd8ff');
    }
    const two = await reader.frames(clip, { limit: 2, signal });
    assert.equal(two.ok && two.value.frames.length, 2);
  });

  it('gives the sound in pieces, as WAV files of their length', async () => {
    const pieces = await reader.sound(makeClip(file('clip.mp4')), signal);
    assert.ok(pieces.ok);
    assert.deepEqual(
      pieces.value.map(({ start }) => start),
      [0],
    );
    const piece = await pieces.value[0]?.read(signal);
    assert.ok(piece?.ok);
    writeFileSync(file('piece.wav'), piece.value.bytes);
    assert.ok(Math.abs(durationOf(file('piece.wav')) - 6) < 0.2);
  });

  it('cuts a long recording where it says that it does', async () => {
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'sine=d=1300:r=8000',
      '-ac',
      '1',
      file('long.mp3'),
    ]);
    const pieces = await reader.sound(file('long.mp3'), signal);
    assert.ok(pieces.ok);
    assert.deepEqual(
      pieces.value.map(({ start, end }) => [start, Math.round(end)]),
      [
        [0, 600],
        [600, 1200],
        [1200, 1300],
      ],
    );
    const last = await pieces.value[2]?.read(signal);
    assert.ok(last?.ok);
    writeFileSync(file('piece.wav'), last.value.bytes);
    assert.ok(Math.abs(durationOf(file('piece.wav')) - 100) < 1);
  });

  it('tells a silent video from one without pictures, a picture of a cover included', async () => {
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=d=1', '-an', file('silent.mkv')]);
    assert.deepEqual(await reader.sound(file('silent.mkv'), signal), { ok: true, value: [] });
    const cover = [
      '-f',
      'lavfi',
      '-i',
      'sine=d=1',
      '-i',
      file('c.png'),
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
    ];
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'testsrc=d=1',
      '-frames:v',
      '1',
      file('c.png'),
    ]);
    execFileSync('ffmpeg', ['-v', 'error', ...cover, '-disposition:v', 'attached_pic', file('song.mp3')]);
    assert.match(
      await messageOf(reader.frames(file('song.mp3'), { limit: 4, signal })),
      /no moving pictures/,
    );
  });

  it('knows how long a recording is that does not say', async () => {
    const live = [
      '-f',
      'lavfi',
      '-i',
      'sine=d=3',
      '-c:a',
      'libopus',
      '-live',
      '1',
      '-f',
      'webm',
      file('live.webm'),
    ];
    execFileSync('ffmpeg', ['-v', 'error', ...live]);
    const pieces = await reader.sound(file('live.webm'), signal);
    assert.ok(pieces.ok);
    assert.deepEqual(
      pieces.value.map(({ end }) => Math.round(end)),
      [3],
    );
  });

  it('takes any name for a name', async () => {
    const clip = makeClip(file('clip.mp4'));
    for (const name of [
      '-i.mp4',
      'concat:a|b.mp4',
      'http:x.mp4',
      'a b\nc.mp4',
      'größe %03d.mp4',
      "it's.mp4",
    ]) {
      copyFileSync(clip, file(name));
      const found = await reader.frames(file(name), { limit: 2, signal });
      assert.ok(found.ok, `${name}: ${found.ok ? '' : found.fault.message}`);
    }
  });

  it('reads no file, and asks no server, that a playlist names', async () => {
    makeClip(file('secret.mp4'));
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const secret = file('secret.mp4');
    const segments = (what: string) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${what}\n#EXT-X-ENDLIST\n`;
    const lists = {
      'hls.mp4': segments(secret),
      'web.m3u8': segments(`http://127.0.0.1:${port}/a.ts`),
      'web.mp4': segments(`http://127.0.0.1:${port}/b.ts`),
      'list.avi': `ffconcat version 1.0\nfile '${secret}'\n`,
      'dash.mpd': `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="0"><BaseURL>http://127.0.0.1:${port}/c.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      'scene.sdp': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\n`,
    };
    for (const [name, text] of Object.entries(lists)) {
      writeFileSync(file(name), text);
      assert.match(
        await messageOf(reader.frames(file(name), { limit: 2, signal })),
        /ffmpeg cannot read it/,
        name,
      );
      assert.match(await messageOf(reader.sound(file(name), signal)), /ffmpeg cannot read it/, name);
    }
    server.close();
    assert.deepEqual(asked, []);
  });

  it('says of what is no recording, and of a broken one, that it cannot be read', async () => {
    writeFileSync(file('notes.mp4'), 'Just words.\n'.repeat(500));
    assert.match(
      await messageOf(reader.frames(file('notes.mp4'), { limit: 2, signal })),
      /^ffmpeg cannot read it: [^/]*\.$/,
    );
    writeFileSync(file('empty.mp4'), '');
    assert.match(await messageOf(reader.sound(file('empty.mp4'), signal)), /ffmpeg cannot read it/);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const going = reader.sound(makeClip(file('clip.mp4')), abort.signal);
    abort.abort();
    await assert.rejects(going, { name: 'AbortError' });
  });
});

describe('ffmpeg that is not there', () => {
  it('is named with how to get it', async () => {
    const missing = createVideoReader({ ffmpeg: 'no-such-ffmpeg', ffprobe: 'no-such-ffprobe' });
    assert.match(
      await messageOf(missing.frames('/a.mp4', { limit: 1, signal })),
      /ffmpeg is not installed.*apt install ffmpeg/,
    );
  });
});

describe('runProgram', () => {
  const folder = temporaryFolder();
  const program = (script: string): string => {
    const name = path.join(folder(), 'program');
    writeFileSync(name, `#!/bin/sh\n${script}\n`);
    chmodSync(name, 0o755);
    return name;
  };
  before(function () {
    if (process.platform !== 'win32') return;
    console.log('      skipped: the programs are scripts of a POSIX shell');
    this.skip();
  });

  it('ends one that takes too long, prints too much, or is no longer wanted', async () => {
    const hang = program('exec sleep 60');
    const slow = await runProgram(hang, [], { signal, timeoutMs: 100, maxBytes: 10 });
    assert.equal(!slow.ok && slow.fault.code, 'stalled');
    const loud = await runProgram(program('exec cat /dev/zero'), [], {
      signal,
      timeoutMs: 10_000,
      maxBytes: 1_000,
    });
    assert.equal(!loud.ok && loud.fault.code, 'limit');
    const abort = new AbortController();
    const going = runProgram(program('exec sleep 60'), [], {
      signal: abort.signal,
      timeoutMs: 10_000,
      maxBytes: 10,
    });
    setTimeout(() => abort.abort(), 50);
    await assert.rejects(going, { name: 'AbortError' });
  });

  it('ends what a script started, which would keep its output open', async () => {
    const script = program('sleep 300 & echo $! >&2; wait');
    const since = Date.now();
    const ended = await runProgram(script, [], { signal, timeoutMs: 200, maxBytes: 10 });
    assert.equal(!ended.ok && ended.fault.code, 'stalled');
    assert.ok(Date.now() - since < 10_000);
  });

  it('hands on neither keys nor what would have it write elsewhere', async () => {
    process.env['FFREPORT'] = 'file=/tmp/x';
    process.env['OPENAI_API_KEY'] ??= 'sk-test';
    const ran = await runProgram(program('env'), [], { signal, timeoutMs: 10_000, maxBytes: 100_000 });
    delete process.env['FFREPORT'];
    if (process.env['OPENAI_API_KEY'] === 'sk-test') delete process.env['OPENAI_API_KEY'];
    assert.doesNotMatch(ran.ok ? ran.value.stdout.toString() : 'FFREPORT', /FFREPORT|OPENAI/);
  });
});

const durationOf = (name: string): number =>
  Number(
    execFileSync('ffprobe', ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'format=duration', name]),
  );
