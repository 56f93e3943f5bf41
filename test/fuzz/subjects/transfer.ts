import assert from 'node:assert/strict';
import fc from 'fast-check';
import { losslessHeader, losslessLine } from '../../../src/core/memory/transfer/lossless';
import { parseLine } from '../../../src/core/memory/transfer/parseLine';
import { readImport } from '../../../src/core/memory/transfer/readImport';
import type { MemoryRecord } from '../../../src/core/memory/transfer/record';
import { anyCase, anyRun, anyVectors } from '../../fakes/arbitraryRecords';
import { exported, IMPORTED_AT, importText, readText } from '../../fakes/transfer';
import { memoryBank } from '../../fakes/memoryBank';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { cutAt, cuts, damaged, jsonOf, pump, pumped, textOf, withOtherValues } from '../inputs';

const record: fc.Arbitrary<MemoryRecord> = fc.oneof(
  fc.tuple(anyCase, anyVectors).map(([each, vectors]) => ({ type: 'case' as const, case: each, vectors })),
  anyRun.map((run) => ({ type: 'run' as const, run })),
);
const TOKENS = [
  ...[
    '{"case":"What is it?","plan":"1. Look","case_label":"positive"}\n',
    '{"question":"q","plan":[],"reward":1}\n',
  ],
  ...[
    '{"query":"q","case":"c","plan":"p","case_label":1,"truth_label":0}\n',
    '\n',
    '\r\n',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
  ],
  ...[losslessHeader(), '\ufeff', '{"format":"memento-memory","version":9}\n', 'NaN', '1e999'],
];
const KEYS = [
  ...[
    'case',
    'plan',
    'case_label',
    'question',
    'reward',
    'query',
    'truth_label',
    'type',
    'run',
    'format',
    'version',
  ],
  ...['vectors', 'id', 'runId', 'answer', 'provenance', 'decision', 'chosen', 'description', 'dependsOn'],
];
const line = fc.oneof(
  record.map(losslessLine),
  withOtherValues(
    record.map((each): unknown => JSON.parse(losslessLine(each))),
    jsonOf(KEYS, ['positive', 'memento-memory', 1, 0]),
  ).map((each) => JSON.stringify(each) ?? ''),
  jsonOf(KEYS, ['positive', 'negative', 'memento-memory', 1, 0]).map((each) => JSON.stringify(each) ?? ''),
);
const file = damaged(
  fc.oneof(
    textOf(TOKENS, 8),
    fc.array(line, { maxLength: 4 }).map((lines) => [losslessHeader(), ...lines].join('\n')),
    fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n')),
  ),
  TOKENS,
);

async function* chunksOf(text: string, shares: readonly number[]): AsyncGenerator<string> {
  yield* cutAt(text, shares);
}

fuzz(
  'import: cases with a question, and the same however the file arrives',
  [file, cuts],
  async (text, shares) => {
    const read = await readText(text);
    isResult(read);
    assert.deepEqual(await readImport(chunksOf(text, shares), { at: IMPORTED_AT }), read);
    if (!read.ok) return;
    for (const found of read.value.cases) assert.match(found.case.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  },
);

fuzz('import: a record that is read is written and read again as the same', [line], (text) => {
  const read = parseLine(text);
  if (read.type !== 'record') return;
  const again = parseLine(losslessLine(read.record));
  assert.ok(again.type === 'record');
  assert.equal(losslessLine(again.record), losslessLine(read.record));
  assert.equal(again.unknownFields, 0);
});

fuzz(
  'import: a memory takes whatever is read, and gives it back',
  [file],
  async (text) => {
    const read = await readText(text);
    if (!read.ok) return;
    const bank = await memoryBank();
    await importText(bank, text);
    const once = await exported(bank);
    const other = await memoryBank();
    await importText(other, once.text);
    assert.equal((await exported(other)).text, once.text);
  },
  { runs: 40 },
);

fuzz('import: long lines end', [pumped(TOKENS)], async (each) =>
  isResult(await readText(pump(each), 65_536)),
);
