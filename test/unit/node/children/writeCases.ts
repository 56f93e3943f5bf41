/**
 * A process that writes cases to a bank, one after another, and prints the id of each when it was acknowledged:
 *   writeCases.ts FOLDER COUNT
 */
import { argv, stdout } from 'node:process';
import { BankFile } from '../../../../src/node/bankFile';
import { systemIds } from '../../../../src/node/system';
import { memoryDatabase, someCase } from '../../../fakes/memoryBank';

const [, , folder = '', count = '0'] = argv;
const file = new BankFile({ folder, openDatabase: memoryDatabase });
for (let i = 0; i < Number(count); i++) {
  const record = someCase({ id: systemIds.next(), runId: systemIds.next() });
  await file.write((bank) => bank.add(record));
  stdout.write(`${record.id}\n`);
}
const warning = await file.warning();
if (warning !== undefined) stdout.write(`warning: ${warning}\n`);
await file.dispose();
