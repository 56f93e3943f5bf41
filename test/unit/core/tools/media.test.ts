import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { WebReader } from '../../../../src/core/tools/web/webReader';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { ok } from '../../../../src/core/common/result';
import type { HttpClient, VideoReader } from '../../../../src/core/ports';
import { audioExtension, imageKind } from '../../../../src/core/tools/media/mediaKind';
import { lookAtImageTool } from '../../../../src/core/tools/media/lookAtImage';
import type { ToolModels } from '../../../../src/core/tools/toolModels';
import { transcribeAudioTool } from '../../../../src/core/tools/media/transcribeAudio';
import { watchVideoTool } from '../../../../src/core/tools/media/watchVideo';
import { modelConfigFromEnvironment, resolveModels } from '../../../../src/models/index';
import { createVideoReader } from '../../../../src/node/ffmpeg';
import { createFiles } from '../../../../src/node/files';
import { createRunFiles } from '../../../../src/node/runFiles';
import { createRunStore } from '../../../../src/node/runStore';
import { callTool } from '../../../fakes/callTool';
import { makeClip, skipWithoutFfmpeg } from '../../../fakes/clips';
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../../fakes/modelServer';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

const RUN = '01JTESTRVN0000000000000000';
const NONE: ToolModels = {
  text: async () => ok(undefined),
  vision: async () => ok(undefined),
  transcriber: async () => ok(undefined),
};
const { signal } = new AbortController();

/** One pixel. */
const PNG = png(1, 1);
const WAV = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(64)]);

describe('media tools', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const workspace = (name: string) => path.join(folder(), 'workspace', name);
  let server: ModelServer | undefined;
  beforeEach(() => mkdirSync(workspace('')));
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** The tools of a command line with these variables, over a server of one's own. */
  async function tools(
    options: ModelServerOptions,
    named: Readonly<Record<string, string>> = {},
    parts: { readonly http?: HttpClient; readonly video?: VideoReader | undefined } = {},
  ) {
    server = await startModelServer(options);
    const env = { OPENAI_BASE_URL: server.url, MEMENTO_EXECUTOR_MODEL: 'executor-model', ...named };
    const config = modelConfigFromEnvironment({ MEMENTO_PLANNER_MODEL: 'p', ...env });
    const resolved = await resolveModels(config, { signal });
    assert.ok(resolved.ok);
    const { vision, transcriber, executor } = resolved.value;
    return toolsWith(
      {
        text: async () => ok(undefined),
        vision: async () => ok(vision ?? executor),
        transcriber: async () => ok(transcriber),
      },
      { video: createVideoReader(), ...parts },
    );
  }

  function toolsWith(
    models: ToolModels,
    parts: { readonly http?: HttpClient; readonly video?: VideoReader | undefined } = {},
  ) {
    const runFiles = createRunFiles(createRunStore(path.join(folder(), 'storage')));
    const files = createFiles({ root: workspace('') });
    const all = { files, runFiles, web: parts.http && webOf(parts.http), video: parts.video, models };
    const call = { runId: RUN };
    return {
      look: (args: object) => callTool(lookAtImageTool(all), { question: 'What is it?', ...args }, call),
      hear: (file: string) => callTool(transcribeAudioTool(all), { path: file }, call),
      watch: (file: string) => callTool(watchVideoTool(all), { path: file, question: 'What is it?' }, call),
    };
  }

  describe('look_at_image', () => {
    it('sends the image with the question, and cites what the model said as such', async () => {
      writeFileSync(workspace('plot.png'), PNG);
      const { look } = await tools({ replies: [{ text: 'A red dot.' }] }, { MEMENTO_VISION_MODEL: 'eyes' });
      const { ok: done, content, cited } = await look({ path: 'plot.png' });
      assert.ok(done, content);
      assert.deepEqual(cited, [
        {
          source: 'plot.png',
          title: 'What eyes says of plot.png, asked “What is it?”',
          locator: { kind: 'whole' },
          text: 'A red dot.',
        },
      ]);
      const [request] = server?.requests ?? [];
      assert.equal(request?.body.model, 'eyes');
      const sent = request?.body.messages.at(-1);
      assert.equal(sent?.content, 'What is it?');
      assert.deepEqual(imagesOf(sent), [`data:image/png;base64,${PNG.toString('base64')}`]);
    });

    it('asks the executor’s model where no other is named, and sends large images whole', async () => {
      const large = png(300, 300);
      writeFileSync(workspace('large.png'), large);
      const { look } = await tools({ replies: [{ text: 'Noise.' }] });
      assert.ok((await look({ path: 'large.png' })).ok);
      const [request] = server?.requests ?? [];
      assert.equal(request?.body.model, 'executor-model');
      assert.equal(imagesOf(request?.body.messages.at(-1))[0]?.split(',')[1], large.toString('base64'));
    });

    it('looks at a file of this run', async () => {
      mkdirSync(path.join(folder(), 'storage/runs', RUN, 'files'), { recursive: true });
      writeFileSync(path.join(folder(), 'storage/runs', RUN, 'files/a.png'), PNG);
      const { look } = await tools({ replies: [{ text: 'A dot.' }] });
      assert.equal((await look({ path: 'run:files/a.png' })).cited[0]?.source, 'run:files/a.png');
    });

    for (const [server_, status, body] of [
      [
        'OpenAI',
        400,
        {
          error: {
            message: 'Invalid content type. image_url is only supported by certain models.',
            type: 'invalid_request_error',
            param: 'messages.[1].content.[1].type',
            code: null,
          },
        },
      ],
      ['vLLM', 400, { object: 'error', message: 'llama is not a multimodal model', code: 400 }],
      [
        'vLLM, none allowed',
        400,
        { message: 'At most 0 image(s) may be provided in one prompt.', code: 400 },
      ],
      [
        'llama.cpp',
        500,
        {
          error: {
            code: 500,
            message:
              'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
            type: 'server_error',
          },
        },
      ],
      [
        'DeepSeek',
        400,
        {
          error: {
            message:
              'Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text`',
          },
        },
      ],
      ['OpenRouter', 404, { error: { message: 'No endpoints found that support image input', code: 404 } }],
      [
        'Groq',
        400,
        {
          error: {
            message:
              "'messages.1' : for 'role:user' the following must be satisfied[('messages.1.content' : value must be a string)]",
          },
        },
      ],
      [
        'a server on Pydantic',
        422,
        { detail: [{ loc: ['body', 'messages', 1, 'content'], msg: 'Input should be a valid string' }] },
      ],
      ['LM Studio', 400, { error: 'Model does not support images. Please use a model that does.' }],
    ] as const) {
      it(`names the setting where the model takes no images, as ${server_} says it`, async () => {
        writeFileSync(workspace('plot.png'), PNG);
        const { look } = await tools({ replies: [{ status, body }] });
        const { ok: done, content, cited } = await look({ path: 'plot.png' });
        assert.deepEqual([done, cited], [false, []]);
        assert.match(
          content,
          /^executor-model at 127\.0\.0\.1:\d+ takes no images .*memento\.vision\.model \(MEMENTO_VISION_MODEL/,
        );
      });
    }

    it('does not blame the model for an image that the server cannot read', async () => {
      writeFileSync(workspace('plot.png'), PNG);
      const error = {
        message: 'Invalid image: could not decode image data. The image is too large or corrupt.',
      };
      const { look } = await tools({ replies: [{ status: 400, body: { error } }] });
      const { content } = await look({ path: 'plot.png' });
      assert.match(content, /refused the request \(400\).*could not decode/);
      assert.doesNotMatch(content, /vision/);
    });

    const kinds: readonly (readonly [string, Buffer, RegExp])[] = [
      [
        'a.svg',
        Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
        /in the format SVG.*read_file/,
      ],
      ['a.tif', Buffer.from('II*\0rest'), /in the format TIFF.*run_code/],
      ['photo.png', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), /in the format HEIC/],
      ['paper.png', Buffer.from('%PDF-1.7\n'), /in the format PDF.*read_document/],
      ['words.png', Buffer.from('not an image'), /no image that is known/],
      ['empty.png', Buffer.alloc(0), /is empty/],
    ];
    for (const [name, bytes, words] of kinds) {
      it(`says what ${name} is, by its bytes`, async () => {
        writeFileSync(workspace(name), bytes);
        const { look } = await tools({});
        assert.match((await look({ path: name })).content, words);
        assert.equal(server?.requests.length, 0);
      });
    }

    it('refuses what is missing, outside, or too large', async () => {
      writeFileSync(path.join(folder(), 'outside.png'), PNG);
      symlinkSync(path.join(folder(), 'outside.png'), workspace('link.png'));
      writeFileSync(workspace('huge.png'), PNG);
      truncateSync(workspace('huge.png'), 25_000_000);
      const { look } = await tools({});
      assert.match((await look({ path: 'none.png' })).content, /There is no file none\.png/);
      assert.match((await look({ path: '../outside.png' })).content, /outside the workspace/);
      assert.match((await look({ path: 'link.png' })).content, /outside the workspace/);
      assert.match((await look({ path: 'huge.png' })).content, /too large.*cannot be made smaller/);
      assert.match((await look({ url: 'not an address' })).content, /no web address|Nothing is asked/);
      assert.equal(server?.requests.length, 0);
    });

    it('takes a path or an address, not both and not none', async () => {
      const tool = lookAtImageTool({ files: undefined, runFiles: undefined, web: undefined, models: NONE });
      for (const args of [
        { question: 'q' },
        { question: 'q', path: 'a', url: 'b' },
        { path: 'a', question: ' ' },
      ]) {
        assert.equal(tool.parameters.safeParse(args).success, false, JSON.stringify(args));
      }
    });

    it('fetches an address as one that a model named, and cites where it was', async () => {
      const images = createServer((request, response) => {
        if (request.url === '/plot') response.end(PNG);
        else response.writeHead(404).end('<html>');
      });
      const asked: string[] = [];
      const http = await plainHttp(images, (namedBy) => asked.push(namedBy));
      const { look } = await tools({ replies: [{ text: 'A dot.' }] }, {}, { http: http.client });
      const { cited } = await look({ url: `${http.origin}/plot` });
      assert.equal(cited[0]?.source, `${http.origin}/plot`);
      assert.match(
        (await look({ url: `${http.origin}/none` })).content,
        /404|is not there|no page|does not exist/,
      );
      assert.deepEqual(asked, ['model', 'model']);
      images.close();
    });

    it('says how to set a model up where there is none', async () => {
      const { look } = toolsWith(NONE);
      assert.match((await look({ path: 'a.png' })).content, /memento\.vision\.model.*MEMENTO_VISION_MODEL/);
    });
  });

  const SPEECH = {
    text: 'One. Two.',
    segments: [
      { start: 0, end: 40, text: ' One.' },
      { start: 40, end: 70, text: ' Two.' },
    ],
  };

  describe('transcribe_audio', () => {
    it('gives stretches with their times as evidence', async () => {
      writeFileSync(workspace('talk.wav'), WAV);
      const { hear } = await tools({ speech: () => SPEECH }, { MEMENTO_AUDIO_MODEL: 'ears' });
      const { ok: done, content, cited } = await hear('talk.wav');
      assert.ok(done, content);
      assert.deepEqual(cited, [
        {
          source: 'talk.wav',
          title: 'What ears heard in talk.wav',
          locator: { kind: 'time', start: 0, end: 40 },
          text: 'One.',
        },
        {
          source: 'talk.wav',
          title: 'What ears heard in talk.wav',
          locator: { kind: 'time', start: 40, end: 70 },
          text: 'Two.',
        },
      ]);
      assert.equal(content, 'What ears heard in talk.wav\n[e1] 0:00-0:40 One.\n[e2] 0:40-1:10 Two.');
      assert.deepEqual(server?.speech[0]?.audio, WAV);
    });

    it('gives words without times where the server tells none, and says so of silence', async () => {
      writeFileSync(workspace('talk.wav'), WAV);
      const { hear } = await tools(
        { speech: (_request, index) => ({ text: index === 0 ? 'Words.' : '' }) },
        { MEMENTO_AUDIO_MODEL: 'ears' },
      );
      assert.deepEqual((await hear('talk.wav')).cited[0]?.locator, { kind: 'whole' });
      assert.equal((await hear('talk.wav')).content, 'No words were heard in talk.wav.');
    });

    it('keeps a long transcript in a file that read_file reads', async () => {
      writeFileSync(workspace('talk.wav'), WAV);
      const segments = Array.from({ length: 400 }, (_, i) => ({
        start: i * 30,
        end: i * 30 + 30,
        text: `Sentence ${i} ${'word '.repeat(40)}`,
      }));
      const { hear } = await tools(
        { speech: () => ({ text: 'x', segments }) },
        { MEMENTO_AUDIO_MODEL: 'ears' },
      );
      const { content, files, cited } = await hear('talk.wav');
      assert.ok(content.length < 20_000);
      const more = /read_file (\{.*\})\)$/.exec(content)?.[1] ?? '{}';
      assert.deepEqual(JSON.parse(more), {
        path: 'run:files/transcript-c1.txt',
        startLine: cited.length + 1,
      });
      assert.deepEqual(
        files?.map((file) => file.path),
        ['files/transcript-c1.txt'],
      );
      const kept = readFileSync(
        path.join(folder(), 'storage/runs', RUN, 'files/transcript-c1.txt'),
        'utf8',
      ).split('\n');
      assert.match(kept.at(-2) ?? '', /^3:19:00-3:20:00 Sentence 398 .*Sentence 399/);
    });

    it('says what the server said where it fails, and how to set a model up', async () => {
      writeFileSync(workspace('talk.wav'), WAV);
      const { hear } = await tools({ speech: () => ({ status: 401 }) }, { MEMENTO_AUDIO_MODEL: 'ears' });
      assert.match((await hear('talk.wav')).content, /401.*OPENAI_API_KEY/);
      assert.match(
        (await toolsWith(NONE).hear('talk.wav')).content,
        /memento\.audio\.model.*MEMENTO_AUDIO_MODEL/,
      );
    });

    it('says what is missing for a recording that is too long, without ffmpeg', async () => {
      writeFileSync(workspace('long.wav'), WAV);
      truncateSync(workspace('long.wav'), 26_000_000);
      const missing = createVideoReader({ ffmpeg: 'no-such-ffmpeg', ffprobe: 'no-such-ffprobe' });
      const { hear } = await tools({}, { MEMENTO_AUDIO_MODEL: 'ears' }, { video: missing });
      assert.match((await hear('long.wav')).content, /larger than 25 MB.*ffmpeg is not installed/);
      assert.equal(server?.speech.length, 0);
    });

    it('moves the times of later pieces, and keeps what was heard before a fault', async () => {
      writeFileSync(workspace('long.wav'), WAV);
      truncateSync(workspace('long.wav'), 26_000_000);
      const piece = (start: number) => ({
        start,
        end: start + 600,
        read: async () => ok({ name: 'audio.wav', bytes: WAV }),
      });
      const video: VideoReader = {
        frames: async () => assert.fail('frames'),
        sound: async () => ok([piece(0), piece(600), piece(1200)]),
      };
      const speech: ModelServerOptions['speech'] = (_request, index) =>
        index < 2 ? SPEECH : { status: 400 };
      const { hear } = await tools({ speech }, { MEMENTO_AUDIO_MODEL: 'ears' }, { video });
      const { content, cited } = await hear('long.wav');
      assert.deepEqual(
        cited.map(({ locator }) => locator.kind === 'time' && locator.start),
        [0, 40, 600, 640],
      );
      assert.match(content, /\(From 20:00 on it was not heard: .*\)$/);
    });
  });

  describe('watch_video', () => {
    before(skipWithoutFfmpeg);

    const LOOKED = {
      answer: 'A test picture, then red.',
      frames: [
        { frame: 1, shows: 'A test picture.' },
        { frame: 2, shows: 'All red.' },
        { frame: 99, shows: 'A frame that was not sent.' },
      ],
    };

    it('has the frames looked at and the sound transcribed, with their times', async () => {
      makeClip(workspace('clip.mp4'));
      const { watch } = await tools(
        {
          replies: [{ text: JSON.stringify(LOOKED) }],
          speech: () => ({ text: 'Beep.', segments: [{ start: 1, end: 2, text: 'Beep.' }] }),
        },
        { MEMENTO_VISION_MODEL: 'eyes', MEMENTO_AUDIO_MODEL: 'ears' },
      );
      const { ok: done, content, cited } = await watch('clip.mp4');
      assert.ok(done, content);
      const places = cited.map(({ locator, text }) => [
        locator.kind === 'time' ? [Math.round(locator.start), Math.round(locator.end)] : locator.kind,
        text,
      ]);
      assert.deepEqual(
        places.sort(),
        [
          [[0, 2], 'A test picture.'],
          [[0, 6], 'A test picture, then red.'],
          [[1, 2], 'Beep.'],
          [[2, 4], 'All red.'],
        ].sort(),
      );
      const sent = server?.requests[0]?.body.messages.at(-1);
      assert.match(
        sent?.content ?? '',
        /lasts 0:06\. Its frames, with their times: 1: 0:00, 2: 0:02, 3: 0:04\./,
      );
      assert.equal(imagesOf(sent).length, 3);
      assert.equal(server?.speech[0]?.fileName, 'audio.wav');
    });

    it('does what it can with one of the two models, and says what is missing', async () => {
      makeClip(workspace('clip.mp4'));
      const seen = await tools({ replies: [{ text: 'Prose, not JSON.' }] });
      const looked = await seen.watch('clip.mp4');
      assert.equal(looked.cited[0]?.text, 'Prose, not JSON.');
      assert.match(looked.content, /The speech was not transcribed: .*memento\.audio\.model/);
      await server?.close();
      const heard = await tools(
        {
          replies: [{ status: 400, body: { error: { message: 'llama is not a multimodal model' } } }],
          speech: () => SPEECH,
        },
        { MEMENTO_AUDIO_MODEL: 'ears' },
      );
      const listened = await heard.watch('clip.mp4');
      assert.ok(listened.ok);
      assert.match(listened.content, /^\(The frames were not looked at: .*memento\.vision\.model/);
    });

    it('fails with the remedy where neither model, no ffmpeg or no video is there', async () => {
      writeFileSync(workspace('clip.mp4'), 'words');
      assert.match(
        (await toolsWith(NONE).watch('clip.mp4')).content,
        /memento\.vision\.model.*memento\.audio\.model/,
      );
      const { watch } = await tools({});
      const { ok: done, content } = await watch('clip.mp4');
      assert.equal(done, false);
      assert.match(content, /ffmpeg cannot read it/);
      assert.doesNotMatch(content, new RegExp(folder()));
      await server?.close();
      const missing = createVideoReader({ ffmpeg: 'no-such-ffmpeg', ffprobe: 'no-such-ffprobe' });
      const without = await tools({}, {}, { video: missing });
      assert.match((await without.watch('clip.mp4')).content, /apt install ffmpeg/);
    });
  });
});

describe('kinds by their bytes', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  it('of images', () => {
    const kinds = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff\xe0', 'GIF89a', 'RIFF\0\0\0\0WEBP'].map((text) =>
      imageKind(bytes(text)),
    );
    assert.deepEqual(
      kinds.map((kind) => kind?.taken && kind.mediaType),
      ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
    );
    assert.equal(imageKind(bytes('RIFF\0\0\0\0WAVE')), undefined);
  });
  it('of audio', () => {
    const beginnings = [
      'ID3\x04',
      '\xff\xfb\x90',
      'RIFF\0\0\0\0WAVE',
      'fLaC',
      'OggS',
      '\x1a\x45\xdf\xa3',
      '\0\0\0\x20ftypM4A ',
      '\0\0\0\x20ftypisom',
      '\0\0\0\x20ftypqt  ',
      'FORM\0\0\0\0AIFF',
    ];
    assert.deepEqual(
      beginnings.map((text) => audioExtension(bytes(text))),
      ['mp3', 'mp3', 'wav', 'flac', 'ogg', 'webm', 'm4a', 'mp4', undefined, undefined],
    );
  });
});

const imagesOf = (message: object | undefined): readonly string[] =>
  message && 'images' in message && Array.isArray(message.images) ? message.images.map(String) : [];

/** Any origin may be asked; no robots.txt matters. */
const webOf = (http: HttpClient): WebReader =>
  new WebReader({
    http,
    clock: { now: () => 0 },
    rules: { allowedOrigins: () => ORIGINS, ignoreRobots: () => ['127.0.0.1'] },
  });
/** Of the servers of these tests. */
const ORIGINS: string[] = [];

/** An HttpClient on fetch, for a server on loopback; the real one's rules have tests of their own. */
async function plainHttp(server: Server, onRequest: (namedBy: string) => void) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const client: HttpClient = {
    request: async ({ url, namedBy }) => {
      onRequest(namedBy);
      const response = await fetch(url);
      const body = new Uint8Array(await response.arrayBuffer());
      return ok({ status: response.status, headers: {}, url: new URL(response.url), body, viaProxy: false });
    },
  };
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  ORIGINS.push(origin);
  return { client, origin };
}

/** A PNG of noise that does not compress (ISO/IEC 15948); its checksums are left out, as nobody here decodes it. */
function png(width: number, height: number): Buffer {
  let seed = 1;
  const noise = Buffer.from(
    Array.from({ length: (width * 3 + 1) * height }, () => (seed = (seed * 16_807) % 2_147_483_647) % 256),
  );
  const chunk = (kind: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(kind), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(noise)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
