import assert from 'node:assert/strict';
import fc from 'fast-check';
import { caseText, parseCaseText } from '../../../src/core/memory/curation/caseText';
import { anyCase } from '../../fakes/arbitraryRecords';
import { fuzz } from '../fuzz';
import { damaged, pump, pumped, textOf } from '../inputs';

const TOKENS = [
  ...[
    '# Question\n',
    '# Short answer\n',
    '# Answer\n',
    '# Plan\n',
    '# Tags\n',
    '# Lessons\n',
    '# plan\n',
    '\\# Plan\n',
  ],
  ...[
    '\n',
    '\r\n',
    '- ',
    '  ',
    '1. Look',
    '2. Compare (after 1)',
    ' (after 1, 2)',
    '(after 99)',
    '\\',
    '\\\\',
    '<!--',
    '-->',
  ],
  ...['10. ', '- [ ] ', '# ', '\t', '1.', '-'],
];
/** A case and a text that somebody made of its own. */
const edited = anyCase.chain((record) =>
  fc.tuple(fc.constant(record), fc.oneof(damaged(fc.constant(caseText(record)), TOKENS), textOf(TOKENS))),
);
const counting = () => {
  let made = 0;
  return { next: () => `new${++made}` };
};

fuzz('case text: a change or the line at which it cannot be read', [edited], ([record, text]) => {
  const read = parseCaseText(text, record, counting());
  if (read.ok) {
    const { question, reward, id } = { ...record, ...read.value };
    assert.deepEqual([reward, id], [record.reward, record.id], 'a text judges nothing');
    assert.ok(!('question' in read.value) || question !== '');
    return;
  }
  const { line, message } = read.fault;
  assert.ok(message !== '' && line >= 1 && line <= text.split(/\r\n?|\n/).length + 1, `line ${line}`);
});

fuzz('case text: what was saved is read again as no change', [edited], ([record, text]) => {
  const read = parseCaseText(text, record, counting());
  if (!read.ok) return;
  const saved = { ...record, ...read.value };
  assert.deepEqual(parseCaseText(caseText(saved), saved, counting()), { ok: true, value: {} });
});

fuzz('case text: long repetitions end', [pumped(TOKENS), anyCase], (each, record) => {
  for (const around of ['', caseText(record)]) parseCaseText(around + pump(each), record, counting());
  const long = { ...record, answer: pump(each), question: `q${pump(each)}` };
  assert.deepEqual(parseCaseText(caseText(long), long, counting()), { ok: true, value: {} });
});
