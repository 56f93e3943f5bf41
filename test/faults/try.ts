/** Makes the faults happen whose ids begin so, and prints what is seen: `node --import tsx test/faults/try.ts model/`. */
import { outcomeOf } from './row';
import { ROWS } from './table';

const [prefix = ''] = process.argv.slice(2);
let failed = 0;
for (const { id, shown } of ROWS.filter((row) => row.id.startsWith(prefix))) {
  if (!('see' in shown)) continue;
  const begun = performance.now();
  const { seen, asExpected } = await outcomeOf(shown);
  if (!asExpected) failed++;
  console.log(`${asExpected ? 'ok  ' : 'BAD '} ${id} (${Math.round(performance.now() - begun)} ms): ${seen}`);
}
process.exit(failed === 0 ? 0 : 1);
