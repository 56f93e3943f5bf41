import { Copy } from './mutants';
import { ROWS } from './table';
async function main() {
  const copy = await Copy.make();
  for (const row of ROWS.filter(({ id }) => process.argv.slice(2).some((p) => id.startsWith(p)))) {
    if (!('see' in row.shown) || 'library' in row.shown.guard) continue;
    const begun = performance.now();
    const word = await copy.fails(row, row.shown.guard).then((f) => f ? 'killed  ' : 'SURVIVED', (e) => 'ERROR ' + String(e?.message ?? e).slice(0, 600) + ' ' + String(e?.stdout).slice(0,300));
    console.log(word, row.id, Math.round(performance.now() - begun));
  }
  await copy.remove();
}
void main();
