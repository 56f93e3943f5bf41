import assert from 'node:assert/strict';
import { modelConfigFromEnvironment, resolveModels } from '../../../src/models/index';
import type { Transcriber } from '../../../src/core/ports';
import { createTranscriber } from '../../../src/models/transcriber';
import { settingNames } from '../../../src/models/names';
import type { ModelServerOptions, SpeechRequest } from '../../fakes/modelServer';
import { faultIn, withServer } from './support';

const { signal } = new AbortController();
const AUDIO = { name: 'Interview mit Sandøe.MP3', bytes: new Uint8Array([0xff, 0xfb, 0, 1, 13, 10, 45, 45]) };

const PATIENT = 20_000;

const transcriberAt = (url: string, apiKey: string, patienceMs: number): Transcriber =>
  createTranscriber({
    endpoint: {
      baseUrl: url,
      host: new URL(url).host,
      apiKey,
      fetch: globalThis.fetch,
      names: settingNames('settings', 'audio'),
    },
    model: 'whisper-1',
    sleep: () => Promise.resolve(),
    patience: { startMs: patienceMs, idleMs: patienceMs },
  });

const withSpeech = (
  speech: ModelServerOptions['speech'],
  test: (transcriber: Transcriber, heard: readonly SpeechRequest[]) => Promise<void>,
  patienceMs = PATIENT,
) =>
  withServer({ ...(speech ? { speech } : {}) }, (server) =>
    test(transcriberAt(server.url, 'sk-secret-key-1', patienceMs), server.speech),
  );

describe('transcriber', () => {
  it('sends the bytes as a form and reads segments with their times', async () => {
    await withSpeech(
      () => ({
        task: 'transcribe',
        duration: 4.5,
        text: ' Hello there. Second. ',
        segments: [
          { id: 0, start: 0, end: 2.5, text: ' Hello there.' },
          { id: 1, start: '2.5', end: 4.5, text: ' Second.' },
          { id: 2, start: 'soon', end: 4.5, text: 'malformed' },
        ],
      }),
      async (transcriber, heard) => {
        const result = await transcriber.transcribe(AUDIO, signal);
        assert.deepEqual(result, {
          ok: true,
          value: {
            text: 'Hello there. Second.',
            segments: [
              { start: 0, end: 2.5, text: ' Hello there.' },
              { start: 2.5, end: 4.5, text: ' Second.' },
            ],
          },
        });
        const [request] = heard;
        assert.deepEqual(
          [request?.model, request?.format, request?.fileName, request?.headers.authorization],
          ['whisper-1', 'verbose_json', 'audio.mp3', 'Bearer sk-secret-key-1'],
        );
        assert.deepEqual(request?.audio, Buffer.from(AUDIO.bytes));
        assert.match(request?.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/);
      },
    );
  });

  it('loses no words of segments that have no times', async () => {
    await withSpeech(
      () => ({
        text: 'One. Two.',
        segments: [
          { start: -0.04, end: 1, text: 'One.' },
          { start: 'soon', end: 2, text: 'Two.' },
        ],
      }),
      async (transcriber) => {
        const result = await transcriber.transcribe(AUDIO, signal);
        assert.deepEqual(result, { ok: true, value: { text: 'One. Two.', segments: [] } });
      },
    );
  });

  it('takes the next simpler format where the server does not know one, and remembers it', async () => {
    await withSpeech(
      ({ format }) => {
        if (format === 'text') return { raw: 'Just words.\n', contentType: 'text/plain; charset=utf-8' };
        const message = `response_format '${format}' is not compatible with model 'whisper-1'.`;
        return { status: 400, body: { error: { message, param: 'response_format', type: 'x', code: 'y' } } };
      },
      async (transcriber, heard) => {
        for (let i = 0; i < 2; i++) {
          const result = await transcriber.transcribe(AUDIO, signal);
          assert.deepEqual(result, { ok: true, value: { text: 'Just words.', segments: [] } });
        }
        assert.deepEqual(
          heard.map(({ format }) => format),
          ['verbose_json', 'json', 'text', 'text'],
        );
      },
    );
  });

  it('tries again after 429 and 503', async () => {
    await withSpeech(
      (_request, index) => (index < 2 ? { status: index === 0 ? 429 : 503 } : { text: 'At last.' }),
      async (transcriber, heard) => {
        const result = await transcriber.transcribe(AUDIO, signal);
        assert.equal(result.ok && result.value.text, 'At last.');
        assert.equal(heard.length, 3);
      },
    );
  });

  const faults: readonly (readonly [
    string,
    ReturnType<NonNullable<ModelServerOptions['speech']>>,
    Parameters<typeof faultIn>[1],
    RegExp,
  ])[] = [
    ['a refused key', { status: 401 }, 'unauthorized', /Set API Key/],
    [
      'an unknown model',
      {
        status: 404,
        body: { error: { message: 'The model `whisper-1` does not exist', code: 'model_not_found' } },
      },
      'model-not-found',
      /memento\.audio\.model/,
    ],
    ['no such path', { status: 404, body: 'Not Found' }, 'model-not-found', /memento\.audio\.model/],
    ['a web page', { raw: '<!doctype html><p>Hi', contentType: 'text/html' }, 'bad-reply', /web page/],
    ['JSON of another kind', { data: [] }, 'bad-reply', /not a model's reply/],
    ['an error in a reply of status 200', { error: { message: 'overloaded' } }, 'server-error', /overloaded/],
    ['silence', { raw: 'x', cut: { at: 0, how: 'hang' } }, 'stalled', /sent nothing/],
    [
      'a reply that breaks off',
      { raw: '{"text": "a', contentType: 'application/json', cut: { at: 5, how: 'close' } },
      'bad-reply',
      /broke off/,
    ],
    [
      'too large a file',
      { status: 413, body: { error: { message: 'Maximum content size limit (26214400) exceeded' } } },
      'limit',
      /too large/,
    ],
  ];
  for (const [what, reply, code, words] of faults) {
    it(`says what is wrong: ${what}`, async () => {
      await withSpeech(
        () => reply,
        async (transcriber) => {
          const message = faultIn(await transcriber.transcribe(AUDIO, signal), code);
          assert.match(message, words);
          assert.doesNotMatch(message, /sk-secret/);
        },
        code === 'stalled' ? 300 : PATIENT,
      );
    });
  }

  it('stops when it is told to', async () => {
    await withSpeech(
      () => ({ raw: 'x', cut: { at: 0, how: 'hang' } }),
      async (transcriber) => {
        const abort = new AbortController();
        const going = transcriber.transcribe(AUDIO, abort.signal);
        setTimeout(() => abort.abort(), 30);
        await assert.rejects(going, { name: 'AbortError' });
      },
    );
  });
});

describe('the models for media', () => {
  const resolve = async (env: Readonly<Record<string, string>>) => {
    const pair = await resolveModels(modelConfigFromEnvironment(env), { signal });
    assert.ok(pair.ok, pair.ok ? '' : pair.fault.message);
    return [pair.value.vision?.id, pair.value.transcriber?.id];
  };
  const SERVER = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', MEMENTO_PLANNER_MODEL: 'p' };

  it('are those that are named, and none where none are', async () => {
    assert.deepEqual(await resolve(SERVER), [undefined, undefined]);
    const named = { MEMENTO_VISION_MODEL: 'v', MEMENTO_AUDIO_MODEL: 'a' };
    assert.deepEqual(await resolve({ ...SERVER, ...named }), ['v', 'a']);
  });

  it('are none for the extractive pair', async () => {
    assert.deepEqual(await resolve({ MEMENTO_VISION_MODEL: 'v', MEMENTO_AUDIO_MODEL: 'a' }), [
      undefined,
      undefined,
    ]);
  });
});
