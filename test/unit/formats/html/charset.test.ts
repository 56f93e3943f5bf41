import assert from 'node:assert/strict';
import { decodeHtml } from '../../../../src/formats/html/charset';

/** Made by iconv: label, bytes, text. */
const SAMPLES: readonly (readonly [label: string, base64: string, text: string])[] = [
  [
    'shift_jis',
    'lmuLyYLMg1KDRYOCg4qCzY61jI6CyZSqlVOL449cjmyJ8ZTygvGCvoFC',
    '北極のコウモリは七月に八百九十四回飛んだ。',
  ],
  [
    'gb18030',
    'xt/UwrmyvMfCvLW98vny8LDLsNm+xcquy8S0zqOslTKCNs6qurG8+9fWoaM=',
    '七月共记录到蝙蝠八百九十四次，𠀀为罕见字。',
  ],
  [
    'windows-1251',
    'wiDo/uvlIOvl8vP36OUg7Pv46CDv8O7r5fLl6+ggODk0IPDg5+Au',
    'В июле летучие мыши пролетели 894 раза.',
  ],
  ['iso-8859-1', 'yXTpIOAgQmVzYW7nb246IDg5NCBjaGF1dmVzLXNvdXJpcw==', 'Été à Besançon: 894 chauves-souris'],
  ['euc-kr', 'xKW/+b+hILnaweOwoSDGyLnpsbi9yrvnILn4IMH2s6qwrLTZLg==', '칠월에 박쥐가 팔백구십사 번 지나갔다.'],
  ['big5', 'pEOk672/vbutuLlMpEumyqRFpFGlfKa4oUM=', '七月蝙蝠飛過八百九十四次。'],
  ['windows-1252', 'k05h73ZllCBjb3N0cyCANSCWIGl0knMgc28=', '“Naïve” costs €5 – it’s so'],
];

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const page = (head: string, base64: string): Uint8Array =>
  Buffer.concat([latin1(`<html><head>${head}</head><body>`), Buffer.from(base64, 'base64')]);
const body = (bytes: Uint8Array, contentType?: string): string =>
  decodeHtml(bytes, contentType).text.replace(/^.*<body>/s, '');

describe('charset of a page', () => {
  for (const [label, base64, text] of SAMPLES) {
    it(`${label} by the header, by meta and by the older meta`, () => {
      const old = `<meta http-equiv='Content-Type' content='text/html; charset=${label}'>`;
      assert.equal(body(page('', base64), `text/html; charset="${label.toUpperCase()}"`), text);
      assert.equal(body(page(`<META CHARSET=${label}>`, base64)), text);
      assert.equal(body(page(old, base64)), text);
    });
    it(`${label} by meta, where the header wrongly says UTF-8`, () => {
      assert.equal(body(page(`<meta charset="${label}">`, base64), 'text/html; charset=utf-8'), text);
    });
  }

  it('UTF-8 is seen though header or meta name an encoding of one byte a letter', () => {
    const bytes = new TextEncoder().encode('<body>Kvaløya – 蝙蝠');
    assert.equal(body(bytes, 'text/html; charset=iso-8859-1'), 'Kvaløya – 蝙蝠');
    assert.equal(body(bytes), 'Kvaløya – 蝙蝠');
  });

  it('a mark of the byte order goes before everything, and is no text', () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<body>Été', 'utf16le')]);
    assert.equal(body(wide, 'text/html; charset=windows-1251'), 'Été');
    assert.equal(decodeHtml(Buffer.from('\ufeffÉ')).text, 'É');
  });

  it('UTF-16 without a mark, and a page of one byte a letter that says it is UTF-16', () => {
    assert.equal(body(Buffer.from('<body>Été', 'utf16le')), 'Été');
    assert.equal(body(new TextEncoder().encode('<meta charset=utf-16><body>Été')), 'Été');
  });

  it('a label that nobody knows says nothing; nor does one inside a comment', () => {
    assert.equal(body(page('<meta charset=klingon>', SAMPLES[6]![1])), SAMPLES[6]![2]);
    assert.equal(body(page('<!-- <meta charset=shift_jis> -->', SAMPLES[3]![1])), SAMPLES[3]![2]);
  });

  it('one broken character does not make UTF-8 something else', () => {
    const bytes = Buffer.concat([Buffer.from('<body>åååååååååååååååååååå'), Buffer.from([0xc3])]);
    assert.equal(body(bytes, 'text/html; charset=utf-8'), 'åååååååååååååååååååå\ufffd');
  });

  it('the declaration of XHTML counts', () => {
    const head = latin1('<?xml version="1.0" encoding="windows-1251"?><body>');
    assert.equal(body(Buffer.concat([head, Buffer.from(SAMPLES[2]![1], 'base64')])), SAMPLES[2]![2]);
  });
});
