import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CaseDetails } from '../../../src/core/memory/curation/caseDetails';
import type { Case } from '../../../src/core/memory/case';
import { CaseRecords } from '../../../src/core/memory/report/caseRecords';
import { QuestionKernels } from '../../../src/core/memory/report/questionKernels';
import { caseLabels, changedNote } from '../../../src/vscode/caseLabels';
import { caseMarkdown } from '../../../src/vscode/caseMarkdown';
import { escapeMarkdown } from '../../../src/core/markdown/untrustedText';
import { relativeTime } from '../../../src/vscode/relativeTime';
import { someCase } from '../../fakes/memoryBank';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 4, 12);

const aCase = (more: Partial<Case> = {}): Case =>
  someCase({
    id: '01JD3N6Q8ZK4V5W6X7Y8Z9ABCD',
    runId: '01JD3N6Q8ZK4V5W6X7Y8Z9ABCE',
    question: 'How deep is the harbour?',
    plan: [{ id: 1, description: 'Look it up', dependsOn: [] }],
    answer: 'It is 7.5 m deep [e1].',
    shortAnswer: '7.5 m',
    createdAt: NOW - 2 * DAY,
    ...more,
  });

const NEVER_SHOWN = new CaseRecords([], new QuestionKernels(new Map())).of('any');

const page = (record: Case, more: Partial<CaseDetails> = {}): string =>
  caseMarkdown({ case: record, lessonCounts: [], record: NEVER_SHOWN, changedSources: [], ...more });

describe('caseLabels', () => {
  const shows = (what: string, record: Partial<Case>, expected: Partial<ReturnType<typeof caseLabels>>) =>
    it(what, () => {
      const labels = caseLabels(aCase(record), NOW);
      assert.deepEqual({ ...labels, ...expected }, labels);
    });

  shows(
    'a case that is not judged',
    {},
    {
      label: 'How deep is the harbour?',
      description: 'not judged · 2 days ago',
      icon: 'circle-outline',
      contextValue: 'case.unjudged',
      accessibleLabel: 'How deep is the harbour?, not judged, 2 days ago',
    },
  );
  shows(
    'an accepted one',
    { reward: 1, judgedAt: NOW - DAY },
    { description: 'accepted · yesterday', icon: 'pass', contextValue: 'case.accepted' },
  );
  shows(
    'a rejected one with its reason',
    { reward: 0, judgedAt: NOW, reason: 'wrong *year*' },
    {
      description: 'rejected · just now',
      icon: 'error',
      contextValue: 'case.rejected',
      tooltip: [
        '**How deep is the harbour\\?**',
        '7\\.5 m',
        '_Reason:_ wrong \\*year\\*',
        'rejected just now · researched 2 days ago',
      ].join('\n\n'),
    },
  );
  const imported = { from: 'memento' as const, at: NOW - DAY };
  const { provenance } = aCase();
  shows(
    'an imported one',
    { provenance: { ...provenance, imported }, reward: 1, judgedAt: NOW - DAY },
    {
      description: 'accepted · imported · yesterday',
      accessibleLabel: 'How deep is the harbour?, accepted, imported, yesterday',
      tooltip: ['**How deep is the harbour\\?**', '7\\.5 m', 'accepted yesterday · imported yesterday'].join(
        '\n\n',
      ),
    },
  );
  shows(
    'a duplicate from another memory',
    { provenance: { ...provenance, imported: { ...imported, from: 'lossless' }, duplicateOf: aCase().id } },
    {
      tooltip: [
        '**How deep is the harbour\\?**',
        '7\\.5 m',
        'not judged · researched 2 days ago, imported yesterday',
        'The same question and plan as a case before it.',
      ].join('\n\n'),
    },
  );
  it('says in its document where an imported case is from', () => {
    const text = page(
      aCase({
        provenance: {
          ...provenance,
          models: { planner: '', executor: '' },
          imported: { from: 'training', at: Date.UTC(2026, 1, 1) },
          duplicateOf: '01JD3N6Q8ZK4V5W6X7Y8Z9ABCF',
        },
      }),
    );
    assert.match(
      text,
      /## Origin\n\n- Imported 2026-02-01 00:00 UTC from training data of the paper\n- The same question and plan as case 01JD3N6Q8ZK4V5W6X7Y8Z9ABCF\n- Tools:/,
    );
  });
  shows(
    'a pinned one',
    { pinned: true, reward: 1, judgedAt: NOW - DAY },
    {
      description: 'pinned · accepted · yesterday',
      icon: 'pinned',
      color: 'testing.iconPassed',
      contextValue: 'case.accepted.pinned',
      accessibleLabel: 'How deep is the harbour?, pinned, accepted, yesterday',
    },
  );
  shows(
    'a long question in one line',
    { question: `a\n${'b'.repeat(300)}` },
    { label: `a ${'b'.repeat(197)}…` },
  );
});

describe('changedNote', () => {
  it('names what is no longer as it was', () => {
    const note = changedNote([
      { source: 'a_b.md', now: 'changed' },
      { source: 'c.md', now: 'missing' },
    ]);
    assert.equal(note, '_a\\_b\\.md_: changed since  \n_c\\.md_: no longer there');
    assert.equal(changedNote([]), '');
  });
});

describe('relativeTime', () => {
  const is = (age: number, words: string) =>
    it(words, () => assert.equal(relativeTime(NOW - age, NOW), words));
  is(-5_000, 'just now');
  is(59_000, 'just now');
  is(60_000, '1 minute ago');
  is(3 * 3_600_000, '3 hours ago');
  is(8 * DAY, 'last week');
  is(800 * DAY, '2 years ago');
});

describe('text that others wrote', () => {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  const marks = fc.constantFrom(
    '![',
    '](https://x.example/p)',
    '<img src=x>',
    '\\',
    '`',
    '\n',
    '*',
    '[a]',
    '&lt;',
    ' ',
  );
  const nasty = fc.array(fc.oneof(marks, fc.string())).map((parts) => parts.join(''));

  it('is shown in a tooltip as it is: no image, no link, no HTML', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const html = markdown.render(`Said: ${escapeMarkdown(text)}`);
        assert.doesNotMatch(html, /<(?!\/?p>)/);
      }),
    );
  });

  it('makes no preview of a case fetch anything', () => {
    fc.assert(
      fc.property(nasty, (answer) => {
        const html = markdown.render(
          page(aCase({ answer, question: answer, reason: answer, lessons: [{ id: 'l1', text: answer }] })),
        );
        assert.doesNotMatch(html, /<img/);
      }),
    );
  });
});

describe('caseMarkdown', () => {
  it('tells a pin, and sources that are no longer as they were', () => {
    const text = page(aCase({ pinned: true }), { changedSources: [{ source: 'notes.md', now: 'missing' }] });
    assert.match(text, /^pinned, not judged$/m);
    assert.match(text, /^- Notes \(notes\.md\), no longer there$/m);
  });

  it('tells question, judgement, answer, plan, sources and origin', () => {
    assert.equal(
      page(
        aCase({
          reward: 0,
          reason: 'wrong year',
          judgedAt: NOW,
          lessons: [
            { id: 'l1', text: 'Look in the log first.' },
            { id: 'l2', text: 'Ask the sea.' },
            { id: 'l3', text: 'Compare the years.' },
          ],
        }),
        {
          lessonCounts: [
            { shown: 4, accepted: 3 },
            { shown: 2, accepted: 0 },
            { shown: 0, accepted: 0 },
          ],
        },
      ),
      `# How deep is the harbour?

rejected: wrong year

Not shown in any run yet.

## Answer

It is 7.5 m deep [e1].

## Plan

1. Look it up

## Lessons

- Look in the log first. (shown 4 times, accepted 3)
- Ask the sea. (shown 2 times, accepted 0; no longer shown: rejected more often than accepted)
- Compare the years. (not shown in a judged run yet)

## Sources

- Notes (notes.md)

## Origin

- Researched 2026-05-02 12:00 UTC, judged 2026-05-04 12:00 UTC
- Planner: extractive, executor: extractive
- Tools: search_workspace
- Case 01JD3N6Q8ZK4V5W6X7Y8Z9ABCD, run 01JD3N6Q8ZK4V5W6X7Y8Z9ABCE
`,
    );
  });

  it('tells what the case did', () => {
    const own = { ...NEVER_SHOWN, words: 'Shown in 3 runs.' };
    assert.match(page(aCase(), { record: own }), /\n\nShown in 3 runs\.\n\n## Answer/);
  });
});
