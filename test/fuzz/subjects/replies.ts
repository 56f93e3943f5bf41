/** Replies of search providers, of a server of speech, and the values of the calculator. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ok } from '../../../src/core/common/result';
import {
  cleanText,
  decodeReferences,
  shortened,
  textOfExtract,
  textOfMarkup,
} from '../../../src/core/tools/web/search/plainText';
import { publishedDate } from '../../../src/core/tools/web/search/publishedDate';
import { createTranscriber } from '../../../src/models/transcriber';
import { settingNames } from '../../../src/models/names';
import { evaluateExpression } from '../../../src/node/mathExpression';
import { PAGES, PAPERS, replyBody } from '../../fakes/searchReplies';
import { PROVIDERS } from '../../fakes/searchServers';
import { providerAt } from '../../unit/core/tools/web/search/support';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { damaged, INHERITED, jsonOf, pump, pumped, textOf, withOtherValues } from '../inputs';

const XML = [
  '<entry>',
  '</entry>',
  '<title>',
  '<id>http://arxiv.org/abs/1v1</id>',
  '&lt;',
  '<![CDATA[',
  ']]>',
  '<author><name>',
  '<link href="javascript:x"/>',
  '<',
  '&#0;',
];
const others = jsonOf(
  ['url', 'title', 'results', 'id', 'link', 'doi'],
  ['javascript:x', 'https://a.example', '10.1/x', '2024-02-30', '<b>'],
);
for (const name of PROVIDERS) {
  const body = replyBody(name, PAGES, PAPERS);
  const provider = providerAt(name, 'http://127.0.0.1:9/');
  const reply =
    name === 'arxiv'
      ? damaged(fc.constant(body), XML).map((text) => ({ status: 200, text, json: undefined }))
      : withOtherValues(fc.constant<unknown>(JSON.parse(body)), others).map((json) => ({
          status: 200,
          text: JSON.stringify(json),
          json,
        }));
  fuzz(
    `search: ${name}: results that can be shown and fetched, or a fault`,
    [reply, fc.integer({ min: 1, max: 20 })],
    async (each, count) => {
      provider.refusal?.(each);
      const found = await provider.search({ text: 'orla lake', count }, () => Promise.resolve(ok(each)));
      isResult(found);
      if (!found.ok) return;
      for (const { url, title, snippet, published } of found.value) {
        assert.match(new URL(url).protocol, /^https?:$/);
        for (const text of [title, snippet])
          assert.equal(cleanText(text), text, 'one line of what can be seen');
        if (published !== undefined) assert.match(published, /^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
      }
    },
  );
}

const MARKUP = [
  '<b>',
  '</b>',
  '<span class="x">',
  '<',
  '>',
  '&lt;',
  '&amp;lt;',
  '&#x27;',
  '&#0;',
  '&nbsp;',
  '&',
  ';',
  '\u200b',
  '\u202e',
  '\n',
  '<br/>',
  '<!--',
  '-->',
  '<p',
];
fuzz(
  'search: extracts are one clean line, made once',
  [textOf(MARKUP), fc.integer({ min: 2, max: 60 })],
  (text, most) => {
    for (const clean of [textOfMarkup(text), textOfExtract(text)]) assert.equal(cleanText(clean), clean);
    assert.ok(decodeReferences(text).length <= text.length);
    assert.ok(shortened(text, most).length <= most);
  },
);
fuzz('search: long extracts end', [pumped(MARKUP)], (each) => {
  textOfMarkup(pump(each));
  textOfExtract(pump(each));
});
fuzz(
  'search: a date of the calendar, or none',
  [textOf(['2024', '-', '02', '30', '15', ' Jan ', 'Jan 15, 2024', ', ', 'Mon, ', 'T', '99', '0000'], 6)],
  (text) => {
    const date = publishedDate(text);
    assert.ok(date === undefined || !Number.isNaN(Date.parse(date)) || date === '0000', date);
    if (date !== undefined) assert.equal(publishedDate(date), date);
  },
);

const SPEECH = ['text', 'segments', 'start', 'end', 'error', 'message'];
const heard = withOtherValues(
  fc.constant<unknown>({
    text: 'Hello there.',
    segments: [
      { start: 0, end: 1.5, text: 'Hello' },
      { start: 1.5, end: 2, text: ' there.' },
    ],
  }),
  jsonOf(SPEECH, ['1.5', -3, 'x']),
);
const spoken = fc.oneof(
  heard.map((value) => JSON.stringify(value) ?? ''),
  damaged(
    heard.map((value) => JSON.stringify(value) ?? ''),
    ['<html>', '"', '{', 'NaN'],
  ),
);
fuzz(
  'speech: words with their times, or a fault',
  [
    spoken,
    fc.constantFrom('application/json', 'text/plain', 'text/html', ''),
    fc.constantFrom(200, 400, 500),
  ],
  async (body, type, status) => {
    const transcriber = createTranscriber({
      endpoint: {
        baseUrl: 'http://127.0.0.1:9/v1',
        host: '127.0.0.1:9',
        apiKey: 'sk-secret-key-1',
        fetch: () =>
          Promise.resolve(
            new Response(body, { status, headers: type === '' ? {} : { 'content-type': type } }),
          ),
        names: settingNames('settings', 'audio'),
      },
      model: 'whisper-1',
      maxRetries: 0,
      sleep: () => Promise.resolve(),
    });
    const found = await transcriber.transcribe(
      { name: 'a.mp3', bytes: new Uint8Array(4) },
      new AbortController().signal,
    );
    isResult(found);
    if (!found.ok) return;
    assert.equal(found.value.text.trim(), found.value.text);
    for (const { start, end, text } of found.value.segments)
      assert.ok(start >= 0 && end >= 0 && !Number.isNaN(start + end) && typeof text === 'string');
  },
);

/** Small numbers only: in the product a thread with a limit of time does this. */
const MATHS = [
  ...[
    '1',
    '2.5',
    'x',
    '(',
    ')',
    '[',
    ']',
    '+',
    '*',
    '^2',
    '/',
    '%',
    ' cm',
    ' to ',
    'inch',
    'sqrt(',
    'mean([',
    '"a"',
    ';',
    '=',
    ',',
    '{',
    '}',
    '.',
    ':',
  ],
  ...[
    'import(',
    'createUnit(',
    'evaluate("',
    'parse("',
    'simplify(',
    'f(x)=',
    'config(',
    'typed(',
    'chain(',
    'help(',
    'i',
    'pi',
    '!',
    "'",
    '?',
    'null',
    'true',
  ],
  ...INHERITED,
  'cos.constructor(',
  '["constructor"]',
  '.constructor',
  '{a:1}.',
  'reviver',
  'process',
  'globalThis',
  'map([1],',
  'print("$x",',
];
fuzz('calculator: a value as text, or what is wrong; nothing of the machine', [textOf(MATHS, 10)], (text) => {
  let value = '';
  try {
    value = evaluateExpression(text);
  } catch (error) {
    assert.ok(error instanceof Error);
    return;
  }
  assert.equal(typeof value, 'string');
  assert.doesNotMatch(value, /native code|=>|process\.|\[object process\]/);
  assert.equal(evaluateExpression('1 + 1'), '2', 'an expression changes nothing for the next one');
});
