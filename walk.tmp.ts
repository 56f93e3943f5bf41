import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { readDocumentTool } from './src/core/tools/readDocument';
import { createDocumentReader } from './src/node/documents';
import { createFiles } from './src/node/files';
import { ok } from './src/core/common/result';
import { callTool } from './test/fakes/callTool';
import { formatSource } from './src/core/tools/evidence';
const none = async () => ok(undefined);
const documents = createDocumentReader({ workerFile: '/work/wt-W2/dist/document-worker.js' });
const tool = readDocumentTool({ documents, files: createFiles({ root: '/tmp/w2/ws' }), web: undefined, models: { text: none, vision: none, transcriber: none } });
export async function walk(path: string) {
  const cited: { place: string; text: string; locator: any }[] = [];
  let args: any = { path }; let calls = 0; let longest = 0;
  while (args) {
    if (++calls > 2000) throw new Error('endless');
    const r = await callTool(tool, args);
    if (!r.ok) { console.log('FAIL', path, args, r.content.slice(0, 300)); break; }
    longest = Math.max(longest, r.content.length);
    for (const c of r.cited) cited.push({ place: formatSource(c.source, c.locator), text: c.text, locator: c.locator });
    const next = /call read_document with pages "((?:[^"]|"(?!, or))+)"/.exec(r.content)?.[1];
    args = next === undefined ? undefined : { path, pages: next };
  }
  console.log(path, 'calls', calls, 'pieces', cited.length, 'longest observation', longest);
  return cited;
}
const norm = (s: string) => s.replace(/\s+/g, '');
for (const p of process.argv.slice(2)) {
  const c = await walk(p);
  if (p.endsWith('.pdf')) {
    let bad = 0;
    for (const { locator, text } of c) {
      const t = execFileSync('pdftotext', ['-f', String(locator.start), '-l', String(locator.end), '/tmp/w2/ws/' + p, '-'], { encoding: 'utf8' });
      if (norm(t) !== norm(text)) { if (bad++ < 3) console.log('DIFF', locator, JSON.stringify(text.slice(0, 200)), JSON.stringify(t.slice(0, 200))); }
    }
    console.log('pages differing', bad, 'pages', new Set(c.map((x) => x.locator.start)).size);
  } else if (/\.(md|txt|json|xml|csv)$/.test(p)) {
    const whole = readFileSync('/tmp/w2/ws/' + p, 'utf8');
    const joined = c.map((x) => x.text).join('\n');
    console.log('same text', norm(joined) === norm(whole), norm(joined).length, norm(whole).length);
    if (p.endsWith('.md')) { const lines = whole.split('\n'); let bad = 0; for (const x of c) if (x.locator.kind === 'lines' && lines.slice(x.locator.start - 1, x.locator.end).join('\n').trim() !== x.text.trim()) bad++; console.log('bad line ranges', bad); }
  } else if (p.endsWith('.docx')) {
    const t = execFileSync('pandoc', ['/tmp/w2/ws/' + p, '-t', 'plain', '--wrap=none'], { encoding: 'utf8' });
    console.log('same text as pandoc', norm(c.map((x) => x.text).join('').replace(/^#+ /gm, '')) === norm(t));
  } else if (p.endsWith('.xlsx')) {
    const rows = new Map<string, number>(); let cells = 0;
    for (const x of c) for (const m of x.text.matchAll(/^\| (\d+) \|(.*)\|$/gm)) { rows.set(x.locator.sheet + '!' + m[1], (rows.get(x.locator.sheet + '!' + m[1]) ?? 0) + 1); cells += m[2]!.split(' | ').filter((v) => v.trim()).length; }
    console.log('rows', rows.size, 'twice', [...rows.values()].filter((v) => v > 1).length, 'cells', cells);
  }
}
await documents.dispose();
