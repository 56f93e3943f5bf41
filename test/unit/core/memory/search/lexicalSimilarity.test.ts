import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { lexicalSimilarity } from '../../../../../src/core/memory/search/lexicalSimilarity';

const alike: [string, string][] = [
  ['如何在Linux上安装Python？', '怎么在Linux系统安装Python'],
  ['珠穆朗玛峰有多高？', '珠穆朗玛峰的高度是多少？'],
  ['中国的首都是哪里？', '中国首都是哪个城市'],
  ['怎样重置MySQL的root密码', '如何重置 MySQL root 用户的密码？'],
  ['谁写了《红楼梦》？', '红楼梦的作者是谁'],
  ['富士山の高さはどれくらいですか', '富士山の高さは何メートルですか'],
  ['Какова высота Эвереста?', 'Высота горы Эверест'],
  ['Wann wurde die Berliner Mauer gebaut?', 'In welchem Jahr wurde die Berliner Mauer errichtet?'],
  ['Wo wird parseHttpRequest aufgerufen?', 'Welche Funktionen rufen parseHttpRequest auf?'],
  ['¿Cuál es la capital de Francia?', 'La capital de Francia, ¿cuál es?'],
  ['fooBarBaz_qux2', 'fooBarBaz'],
];

const unrelated: [string, string][] = [
  ['什么是量子计算？', '什么是红烧肉？'],
  ['如何在Linux上安装Python？', '如何做红烧肉？'],
  ['为什么天空是蓝色的？', '为什么我的程序是慢的？'],
  ['中国的首都是哪里？', '量子计算机是如何工作的？'],
  ['富士山の高さはどれくらいですか', '東京の人口はどれくらいですか'],
  ['Какова высота Эвереста?', 'Кто написал роман Война и мир?'],
  ['Wie hoch ist der Mount Everest?', 'Wer ist der Bundeskanzler?'],
  ['¿Cuál es la capital de Francia?', '¿Quién dirigió la película Titanic?'],
  ['getUserById', 'parseHttpRequest'],
];

describe('lexicalSimilarity', () => {
  for (const [a, b] of alike) {
    it(`above .5: ${a} | ${b}`, () => assert.ok(lexicalSimilarity(a, b) > 0.5, `${lexicalSimilarity(a, b)}`));
  }
  for (const [a, b] of unrelated) {
    it(`below .3: ${a} | ${b}`, () => assert.ok(lexicalSimilarity(a, b) < 0.3, `${lexicalSimilarity(a, b)}`));
  }

  it('compares function words where a text has no others', () => {
    assert.equal(lexicalSimilarity('what is it', 'what is it'), 1);
    assert.equal(lexicalSimilarity('是什么', '是什么'), 1);
  });

  it('is 0 for empty texts and for one empty text', () => {
    assert.equal(lexicalSimilarity('', ''), 0);
    assert.equal(lexicalSimilarity('', 'a question'), 0);
  });

  it('is symmetric, within [0, 1], and 1 with itself', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...alike.flat()));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const similarity = lexicalSimilarity(a, b);
        assert.ok(similarity >= 0 && similarity <= 1 + 1e-12);
        assert.ok(Math.abs(similarity - lexicalSimilarity(b, a)) < 1e-12);
        const itself = lexicalSimilarity(a, a);
        assert.ok(
          itself === 0 || Math.abs(itself - 1) < 1e-12 || Math.abs(itself - 0.5) < 1e-12,
          `${itself}`,
        );
      }),
    );
  });
});
