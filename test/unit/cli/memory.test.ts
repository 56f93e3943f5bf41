import assert from 'node:assert/strict';
import { reportText } from '../../../src/cli/memory';
import { tableLines } from '../../../src/cli/table';
import { REPORTS } from '../../fakes/memoryReports';

describe('the memory report in a terminal', () => {
  it('aligns names to the left and figures to the right', () => {
    assert.deepEqual(
      tableLines(
        ['Arm', 'Runs'],
        [
          ['controls', '7'],
          ['others', '1,200'],
        ],
      ),
      ['Arm        Runs', 'controls      7', 'others    1,200'],
    );
  });

  for (const [name, report] of Object.entries(REPORTS)) {
    it(`has every section in words: ${name}`, () => {
      const text = reportText(report, { color: false });
      const { version, at, ...sections } = report;
      assert.deepEqual([version, at > 0], [1, true]);
      for (const { words } of Object.values(sections)) assert.ok(text.includes(words), words);
      assert.doesNotMatch(text, /NaN|undefined|null|Infinity|\u001b/);
    });
  }

  it('names the cases that it lists by their ids', () => {
    const { caseId, question } = REPORTS.open.suspects.cases[0]!;
    assert.match(
      reportText(REPORTS.open, { color: false }),
      new RegExp(`${caseId}  ${question.replace('?', '\\?')} +30`),
    );
  });

  it('says what there is to beware of', () => {
    const { experiment } = REPORTS.open;
    const warned = { ...REPORTS.open, experiment: { ...experiment, warning: 'Beware.', pending: 2 } };
    assert.match(reportText(warned, { color: false }), /\nBeware\.\n2 runs wait for a judgement/);
  });
});
