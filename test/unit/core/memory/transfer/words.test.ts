import assert from 'node:assert/strict';
import { importedId } from '../../../../../src/core/memory/transfer/importedId';
import {
  badLineWords,
  exportWords,
  previewWords,
} from '../../../../../src/core/memory/transfer/previewWords';
import { memoryBank } from '../../../../fakes/memoryBank';
import { importText, jsonl, preview } from '../../../../fakes/transfer';

describe('the id of an imported case', () => {
  it('is the same in every version, or a second import would double the memory', async () => {
    const plan = [{ id: 1, description: 'Look', dependsOn: [] }];
    assert.equal(await importedId('memento', 'Why? \ud800', plan, 1), '0000000000W808YADYWWAG6WP5');
  });
});

describe('an import in words', () => {
  const past = { case: 'Why?', plan: 'Look', case_label: 'positive' };

  it('tells what there is, and nothing of what there is not', async () => {
    const counts = await preview(await memoryBank(), jsonl(past, past));
    assert.deepEqual(previewWords(counts), [
      '2 cases to add: 2 accepted, 0 rejected, 0 not judged.',
      '1 of the cases to be linked to one with the same question and plan; both stay.',
      '2 questions to be encoded, so that they can be found.',
    ]);
    assert.deepEqual(badLineWords(counts), []);
  });

  it('tells what is here already, of cases and of runs', async () => {
    const [bank, row] = [await memoryBank(), { ...past, query: 'When?', truth_label: true }];
    const here = async (text: string) =>
      previewWords(await preview(bank, text)).filter((words) => words.includes('here already'));
    await importText(bank, jsonl(past));
    assert.deepEqual(await here(jsonl(past)), ['1 case here already, which stays as it is.']);
    await importText(bank, jsonl(row));
    assert.deepEqual(await here(jsonl(row)), ['2 cases and 1 run here already, which stay as they are.']);
  });

  it('tells the first bad lines, and how many more there are', async () => {
    const counts = await preview(await memoryBank(), jsonl(past, ...Array.from({ length: 25 }, () => 'x')));
    assert.equal(previewWords(counts).at(-1), '25 lines that cannot be read, passed over.');
    const words = badLineWords(counts);
    assert.deepEqual([words.length, words[0], words.at(-1)], [21, 'line 2: is not JSON', 'and 5 more']);
  });

  it('tells what an export left out', () => {
    const counts = { cases: 1000, runs: 1, rows: 2, leftOut: 1 };
    assert.deepEqual(exportWords({ ...counts, leftOut: 0 }, 'lossless'), ['Exported 1,000 cases and 1 run.']);
    assert.deepEqual(exportWords(counts, 'reward'), [
      'Exported 1,000 cases.',
      '1 case left out: not judged, for which this format has no label.',
    ]);
    assert.deepEqual(exportWords(counts, 'training'), [
      'Exported 2 rows.',
      '1 row left out: not judged, or the case was forgotten.',
    ]);
  });
});
