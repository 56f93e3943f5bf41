/**
 * A process that writes cases to a bank, one after another, and prints the id of each when it was acknowledged:
 *   writeCases.ts FOLDER COUNT
 */
import { argv, stdout } from 'node:process';
import { adding } from '../../../../src/core/memory/journal/changes';
import { BankJournal } from '../../../../src/node/journal/bankJournal';
import { systemIds } from '../../../../src/node/system';
import { memoryDatabase, someCase } from '../../../fakes/memoryBank';

const [, , folder = '', count = '0'] = argv;
const journal = new BankJournal({ folder, openDatabase: memoryDatabase });
for (let i = 0; i < Number(count); i++) {
  const record = someCase({ id: systemIds.next(), runId: systemIds.next() });
  await journal.write(adding(record));
  stdout.write(`${record.id}\n`);
}
const warning = await journal.warning();
if (warning !== undefined) stdout.write(`warning: ${warning}\n`);
await journal.dispose();
