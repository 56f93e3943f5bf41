import assert from 'node:assert/strict';
import { quote } from '../../../../../src/core/agent/extractive/quote';
import { unitsOf } from '../../../../../src/core/agent/extractive/units';
import { checkCitations } from '../../../../../src/core/tools/citationCheck';
import { evidenceOf } from './support';

/** The quotation of the first unit, after the check that every answer goes through. */
function quoted(text: string, source = 'a.md'): string {
  const evidence = evidenceOf(source, text);
  const [unit] = unitsOf([evidence]);
  assert.ok(unit);
  const made = quote(unit);
  const [citation] = checkCitations(made, (id) => (id === evidence.id ? evidence : undefined));
  assert.equal(citation?.verdict, 'quoted', made);
  return made;
}

describe('a quotation', () => {
  it('is one line, whatever the lines of its file', () => {
    assert.equal(quoted('The rope was\r\n  replaced\nin March.'), '“The rope was replaced in March.” [e1]');
  });

  it('takes marks that its words do not have', () => {
    assert.equal(quoted('He called it “the old rope” then.'), '"He called it “the old rope” then." [e1]');
    assert.equal(quoted('The “old" "rope” broke today.'), '«The “old" "rope” broke today.» [e1]');
  });

  it('is cut before marks where every kind is in its words', () => {
    assert.equal(
      quoted('The long story of “a" and «b» is told on and on.'),
      '“a" and «b» is told on and on.” [e1]',
    );
  });

  it('of a long unit ends at a word', () => {
    const made = quoted(`${'word '.repeat(200)}end.`);
    assert.match(made, /word” \[e1\]$/);
    assert.ok(made.length < 450, `${made.length}`);
  });

  it('of a few characters brings its neighbour along, as it would prove nothing alone', () => {
    assert.equal(quoted('depth: 41\nname: Kettle\n', 'a.yaml'), '“depth: 41 name: Kettle” [e1]');
  });
});
