import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText } from '../../../src/core/common/decodeText';
import { cacheControl, freshUntil, mayStore } from '../../../src/core/tools/web/freshness';
import { judge, parseRobots } from '../../../src/core/tools/web/robots';
import { decodeHtml } from '../../../src/formats/html/charset';
import { fuzz } from '../fuzz';
import { damagedBytes, pump, pumped, textOf } from '../inputs';

const ROBOTS = [
  ...[
    'User-agent: *\n',
    'User-agent: memento\n',
    'user agent: Memento/1.0\n',
    'Disallow: /',
    'Allow: /',
    '\n',
  ],
  ...[
    'Crawl-delay: 3\n',
    'disallow /a\n',
    '*',
    '$',
    '%62',
    '%zz',
    '/a/b',
    '/index.html',
    '# note',
    ':',
    '\r',
    '\ufeff',
  ],
];
const robots = textOf(ROBOTS, 20);
const path = textOf(['/', 'a', 'b', '%62', 'index.html', '?', '*', '$', '..', 'é'], 6).map(
  (text) => `/${text}`,
);

fuzz('robots.txt: the same with any ends of lines, and with comments', [robots, path], (text, at) => {
  const url = new URL(`https://example.org${at}`);
  const lines = text.replace(/\r\n?/g, '\n');
  const verdict = (file: string) => judge(parseRobots(file, 'Memento'), url).allowed;
  assert.equal(verdict(lines.replaceAll('\n', '\r\n')), verdict(lines));
  assert.equal(verdict(lines.replaceAll('\n', '\r')), verdict(lines));
  assert.equal(verdict(lines.replaceAll('\n', ' # note\n')), verdict(lines));
});

fuzz('robots.txt: what is forbidden stays so with another rule that forbids', [robots, path], (text, at) => {
  const url = new URL(`https://example.org${at}`);
  if (judge(parseRobots(text, 'Memento'), url).allowed) return;
  const more = `${text}\nUser-agent: memento\nUser-agent: *\nDisallow: /\n`;
  const robots = parseRobots(more, 'Memento');
  // Its own group takes the place of that for all, in which it may have been forbidden.
  assert.equal(
    judge(robots, url).allowed && url.pathname !== '/robots.txt' && !robots.rules.some(({ allow }) => allow),
    false,
  );
  const { crawlDelaySeconds: delay } = robots;
  assert.ok(delay === undefined || (delay >= 0 && Number.isFinite(delay)));
});

fuzz(
  'robots.txt: long files and paths end',
  [pumped(ROBOTS), pumped(['a', '/', '*', '%61'], 4_000)],
  (text, at) => {
    judge(
      parseRobots(`User-agent: *\nDisallow: ${pump(text)}`, 'Memento'),
      new URL(`https://example.org/${pump(at)}`),
    );
  },
);

const DIRECTIVES = [
  'max-age=60',
  'max-age="5"',
  'no-cache',
  'private',
  ', ',
  ';',
  '=',
  '"',
  'max-age=-1',
  's-maxage=9',
  ' ',
];
const control = textOf(DIRECTIVES, 8);
const date = fc.oneof(
  fc.date({ noInvalidDate: true }).map((each) => each.toUTCString()),
  fc.constantFrom('0', '-1', 'yesterday', '', 'Thu, 01 Jan 1970 00:00:00 GMT', '+275760-09-13'),
);

fuzz(
  'cache headers: fresh until a time that is a number',
  [control, date, date, date, fc.constantFrom('0', '9'.repeat(40), 'x', '-1')],
  (cache, sent, expires, modified, age) => {
    const headers = { 'cache-control': cache, date: sent, expires, 'last-modified': modified, age };
    const until = freshUntil({ headers, requestedAt: 1_000, receivedAt: 2_000 });
    assert.ok(Number.isFinite(until), String(until));
  },
);

fuzz('cache headers: what may not be stored may not be with more said', [control, control], (cache, more) => {
  const no = { 'cache-control': `no-store, ${more}` };
  assert.equal(mayStore(no), false);
  if (!mayStore({ 'cache-control': cache }))
    assert.equal(mayStore({ 'cache-control': `${cache}, ${more}` }), false);
  if (cacheControl({ 'cache-control': cache }).has('no-cache'))
    assert.equal(freshUntil({ headers: { 'cache-control': cache }, requestedAt: 0, receivedAt: 5 }), 5);
});

fuzz('cache headers: long ones end', [pumped(DIRECTIVES)], (each) => {
  freshUntil({ headers: { 'cache-control': pump(each) }, requestedAt: 0, receivedAt: 0 });
});

const PAGES = [
  '<!doctype html><meta charset="utf-8"><p>Grüße aus Łódź: 東京 👩‍🔬</p>',
  '<?xml version="1.0" encoding="iso-8859-1"?><html><!-- <meta charset=x> --><p>caf\u00e9</p>',
  '\ufeff<html><meta http-equiv=content-type content="text/html; charset=shift_jis">\u7d75',
].flatMap((text) => [
  new TextEncoder().encode(text),
  new Uint8Array(Buffer.from(text, 'utf16le')),
  new Uint8Array(Buffer.from(text, 'latin1')),
]);
const label = fc.oneof(
  fc.constantFrom(
    '',
    'text/html; charset=utf-16',
    'text/html;charset="gbk"',
    'text/html; charset=nobody',
    'a; charset=',
  ),
  textOf(['text/html', ';', ' charset', '=', '"', "'", 'utf-8', 'koi8-r', 'x-user-defined', 'utf-7'], 6),
);

fuzz(
  'charset: any bytes are text of an encoding that is known',
  [damagedBytes(PAGES), label],
  (bytes, type) => {
    const { text, encoding } = decodeHtml(bytes, type);
    assert.equal(new TextDecoder(encoding).encoding, encoding);
    assert.ok(text.length <= bytes.length);
  },
);

/** As UTF-8 has it. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

fuzz(
  'charset: UTF-8 with a mark, or that nobody contradicts, is read as it is',
  [fc.string({ unit: 'grapheme' }), label],
  (text, type) => {
    const bytes = new TextEncoder().encode(`\ufeff${text}`);
    assert.equal(decodeHtml(bytes, type).text, wellFormed(text));
    assert.equal(
      decodeHtml(new TextEncoder().encode(text), 'text/html; charset=utf-8').text.replace(/^\ufeff/, ''),
      wellFormed(text).replace(/^\ufeff/, ''),
    );
  },
);

fuzz(
  'charset: a file is text or binary, and text is no longer than its bytes',
  [damagedBytes(PAGES), label],
  (bytes, type) => {
    const text = decodeText(bytes, type);
    if (text !== undefined) assert.ok(text.length <= bytes.length);
  },
);
