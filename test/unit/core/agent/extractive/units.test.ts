import assert from 'node:assert/strict';
import { type Unit, unitsOf } from '../../../../../src/core/agent/extractive/units';
import { evidenceOf } from './support';

const units = (source: string, text: string): Unit[] => unitsOf([evidenceOf(source, text)]);
const texts = (found: readonly Unit[]) => found.map(({ text }) => text);

describe('evidence as units', () => {
  it('cuts prose into sentences that know their heading and what stands before', () => {
    const [first, second, ...none] = units('a.md', '# Winch\n\nThe rope was new\nin 2023. It is 60 m long.');
    assert.equal(first?.text, 'The rope was new\nin 2023.');
    assert.match(first?.context ?? '', /Winch/);
    assert.match(second?.before ?? '', /The rope was new/);
    assert.deepEqual(none, []);
  });

  it('gives the items of a list the line that opens it', () => {
    const items = units('a.md', 'The crew:\n\n- Mara Lindqvist\n- Ansel Okoro\n').slice(1);
    assert.deepEqual(texts(items), ['Mara Lindqvist', 'Ansel Okoro']);
    assert.ok(items.every(({ context }) => context.includes('The crew:')));
  });

  it('keeps words in bold with the sentence that they open', () => {
    assert.deepEqual(texts(units('a.md', '**7 February.** The ice was 34 cm thick.')), [
      '**7 February.** The ice was 34 cm thick.',
    ]);
  });

  it('reads a table by its rows, each with its columns', () => {
    const rows = units('a.md', '## Stations\n\n| Name | Depth |\n| --- | --- |\n| Kettle | 41 m |\n');
    assert.deepEqual(texts(rows), ['| Kettle | 41 m |']);
    assert.deepEqual(rows[0]?.columns, ['Name', 'Depth']);
    assert.match(rows[0]?.context ?? '', /Stations/);
  });

  it('gives rows of a CSV file the header that another passage has', () => {
    const head = evidenceOf('a.csv', 'name,phone\nFjellmark,555-0142');
    const later = evidenceOf('a.csv', '"Aquaria, Ltd",555-0188', {
      id: 'e2',
      locator: { kind: 'lines', start: 9, end: 9 },
    });
    const rows = unitsOf([later, head]);
    assert.deepEqual(texts(rows), ['"Aquaria, Ltd",555-0188', 'Fjellmark,555-0142']);
    assert.deepEqual(
      rows.map(({ columns }) => columns),
      [
        ['name', 'phone'],
        ['name', 'phone'],
      ],
    );
  });

  it('gives a line of JSON the object that it belongs to, and no other', () => {
    const json = '[\n{\n"name": "Kettle",\n"depth": 41\n},\n{\n"name": "Reed Bay",\n"depth": 6\n}\n]';
    const deep = units('a.json', json).find(({ text }) => text === '"depth": 41');
    assert.match(deep?.context ?? '', /Kettle/);
    assert.doesNotMatch(deep?.context ?? '', /Reed Bay/);
  });

  it('keeps a comment with the line of code that it explains', () => {
    const found = texts(units('t.py', 'import math\n# Metres below the surface.\nDEPTH = 41\n\n}\n'));
    assert.deepEqual(found, ['import math', '# Metres below the surface.\nDEPTH = 41']);
  });

  it('gives an answer in an interview its question, which is no unit itself', () => {
    const found = units('i.txt', 'Who found it?\n\nI did, with my boat.\n\nIt was raining.');
    assert.deepEqual(texts(found), ['I did, with my boat.', 'It was raining.']);
    assert.deepEqual(
      found.map(({ asked }) => asked),
      ['Who found it?', ''],
    );
  });

  it('takes what two passages of a file share once, and stands where it says', () => {
    const text = 'The lake is deep. The boat is red.';
    const both = unitsOf([evidenceOf('a.md', text), evidenceOf('a.md', text, { id: 'e2' })]);
    assert.deepEqual(texts(both), ['The lake is deep.', 'The boat is red.']);
    for (const { text: own, start, end } of both) assert.equal(text.slice(start, end), own);
  });
});
