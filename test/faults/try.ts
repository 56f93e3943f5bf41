/** Makes the faults happen whose names begin so, and prints what is seen: `npm run faults -- disk/`. */
import { messageOf } from '../../src/core/common/result';
import { outcomeOf } from './row';
import { ROWS } from './table';

let current = '';
// A guard that is gone may leave a fault to nobody.
process.on('uncaughtException', (error) => {
  console.log(`BAD ${current}: ${messageOf(error)}`);
  process.exit(1);
});

const [prefix = ''] = process.argv.slice(2);
let failures = 0;
for (const { id, shown } of ROWS.filter((row) => row.id.startsWith(prefix))) {
  if (!('see' in shown) || shown.unable?.() !== undefined) continue;
  current = id;
  const { seen, asExpected } = await outcomeOf(shown);
  if (!asExpected) failures++;
  console.log(`${asExpected ? 'ok ' : 'BAD'} ${id}: ${seen}`);
}
// What a fault left running does not keep it.
process.exit(failures === 0 ? 0 : 1);
