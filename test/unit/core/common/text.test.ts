import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { sentences } from '../../../../src/core/common/sentences';
import {
  characterBigrams,
  compounds,
  lexicalTokens,
  ngrams,
  normalise,
  quickCompounds,
  stem,
  STOP_WORDS,
  words,
} from '../../../../src/core/common/text';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe('words', () => {
  const cases: [string, string[]][] = [
    ['How tall is Everest?', ['how', 'tall', 'is', 'everest']],
    ['fooBar', ['foobar', 'foo', 'bar']],
    ['parseHTTPResponse2', ['parsehttpresponse2', 'parse', 'http', 'response']],
    ['foo_bar foo-bar', ['foo_bar', 'foo', 'bar', 'foo-bar', 'foo', 'bar']],
    ['foo.bar()', ['foo.bar', 'foo', 'bar']],
    ['sha256', ['sha256', 'sha', '256']],
    ['a - b, c -d e- -', ['a', 'b', 'c', 'd', 'e']],
    ['3.14 2026-01-31', ['3.14', '2026-01-31']],
    ['Ｆｕｌｌ ﬁne', ['full', 'fine']],
    ['Don’t', ["don't"]],
    ['', []],
    ['?! …', []],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(words(text), expected));
  }

  it('divides text as Unicode says', () => {
    const mixed = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...Array.from("aB1.,;'- \n_:éПр绞车กข’\u00ad")),
        fc.string({ maxLength: 1 }),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(mixed, (text) => {
        assert.deepEqual(quickCompounds(text), [...compounds(text)]);
      }),
      { numRuns: 5000 },
    );
    assert.deepEqual(quickCompounds("don't foo-bar 3.14"), ["don't", 'foo-bar', '3.14']);
  });

  it('is total and gives no white space', () => {
    fc.assert(fc.property(anyText, (text) => assert.ok(words(text).every((word) => /^\S+$/u.test(word)))));
  });
});

describe('stem', () => {
  const families = [
    'cache caches cached caching',
    'use uses used using',
    'query queries queried',
    'try tries tried trying',
    'run runs running',
    'stop stops stopped stopping',
    'fall falls falling',
    'class classes',
    'box boxes',
    'bus buses',
    'agree agrees agreed',
    "node nodes node's",
    'make makes making',
  ];
  for (const family of families) {
    it(`one stem: ${family}`, () => assert.equal(new Set(family.split(' ').map(stem)).size, 1));
  }
  for (const word of [
    'string',
    'need',
    'status',
    'analysis',
    'this',
    'is',
    'bed',
    'utf8',
    'foo_bars',
    'straßen',
  ]) {
    it(`leaves ${word}`, () => assert.equal(stem(word), word));
  }
});

describe('n-grams and tokens', () => {
  it('pairs the letters of scripts other than Latin', () => {
    assert.deepEqual(characterBigrams('安装Python 3 吗？Мир'), ['安装', '吗', 'ми', 'ир']);
    assert.deepEqual(characterBigrams('Latin only, 123'), []);
    assert.deepEqual(characterBigrams('日本語だ', 3), ['日本語', '本語だ']);
  });

  it('counts code points, not UTF-16 units', () => {
    assert.deepEqual(ngrams('𠮷𠮷a', 2), ['𠮷𠮷', '𠮷a']);
    assert.deepEqual(ngrams('a', 2), ['a']);
    assert.deepEqual(ngrams('', 2), []);
  });

  it('joins stems and bigrams', () => {
    assert.deepEqual(lexicalTokens('caching files 北京市').slice(0, 2), ['cach', 'fil']);
    assert.ok(lexicalTokens('caching files 北京市').includes('京市'));
  });

  it('has lower-case stop words that `words` can give', () => {
    for (const word of STOP_WORDS) assert.deepEqual(words(word), [word]);
  });
});

describe('normalise', () => {
  it('unifies case, width, white space, quotes and dashes', () => {
    assert.equal(normalise('  What’s\n“ＮＦＫＣ” — really？ '), 'what\'s "nfkc" - really?');
    assert.equal(normalise('2010–2015'), normalise('2010‑2015'));
    assert.notEqual(normalise('How tall?'), normalise('How small?'));
  });

  it('is idempotent', () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(normalise(normalise(text)), normalise(text))));
  });
});

describe('sentences', () => {
  const cases: [string, string[]][] = [
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Dr. Smith and Mrs. Jones came. They sat.', ['Dr. Smith and Mrs. Jones came.', 'They sat.']],
    ['Use a tool, e.g. Docker. It helps.', ['Use a tool, e.g. Docker.', 'It helps.']],
    ['It was Kramer vs. Kramer. I saw it.', ['It was Kramer vs. Kramer.', 'I saw it.']],
    ['He joined the U.S. Army in 1990. He left.', ['He joined the U.S. Army in 1990.', 'He left.']],
    ['He lives in the U.S. The end.', ['He lives in the U.S.', 'The end.']],
    [
      'J. R. R. Tolkien wrote it. So did I. Then we slept.',
      ['J. R. R. Tolkien wrote it.', 'So did I.', 'Then we slept.'],
    ],
    [
      'It is 3.5 m, version 2.0.1. See Fig. 3. No. Not yet.',
      ['It is 3.5 m, version 2.0.1.', 'See Fig. 3.', 'No.', 'Not yet.'],
    ],
    ['Foo et al. (2018) said so. "Is it?" he asked.', ['Foo et al. (2018) said so.', '"Is it?" he asked.']],
    ['A wrapped\nline goes on. Next\r\none.', ['A wrapped\nline goes on.', 'Next\r\none.']],
    ['No full stop\n\nNew paragraph', ['No full stop', 'New paragraph']],
    ['Intro\n- one\n- two. More\n  wrapped\n1. First', ['Intro', 'one', 'two.', 'More\n  wrapped', 'First']],
    ['# Heading\nText.\n---\n| a. b | c |\n| d | e |', ['Heading', 'Text.', '| a. b | c |', '| d | e |']],
    ['天气很好。我们走吧！', ['天气很好。', '我们走吧！']],
    ['', []],
    [' \n\n ', []],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        sentences(text).map((sentence) => sentence.text),
        expected,
      );
    });
  }

  it('gives places that rise, never overlap and hold the text', () => {
    const marked = fc.array(
      fc.constantFrom('a', 'B', '. ', '? ', '\n', '\r\n', '- ', '1. ', '# ', 'Dr. ', '"', '。', ' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          marked.map((parts) => parts.join('')),
        ),
        (text) => {
          let last = 0;
          for (const sentence of sentences(text)) {
            assert.ok(sentence.start >= last && sentence.end > sentence.start);
            assert.equal(text.slice(sentence.start, sentence.end), sentence.text);
            assert.equal(sentence.text, sentence.text.trim());
            last = sentence.end;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves out nothing but white space and markers', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Foo', 'bar', '. ', '? ', ' ', '\n', '\n\n', 'Mr. ')), (parts) => {
        const text = parts.join('');
        const kept = sentences(text).map((sentence) => sentence.text);
        assert.equal(kept.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      }),
    );
  });
});
