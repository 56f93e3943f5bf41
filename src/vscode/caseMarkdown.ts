/** A case as a document, for where the log of its run is gone. */
import * as l10n from '@vscode/l10n';
import type { Case, Imported } from '../core/memory/case';
import type { CaseDetails } from '../core/memory/curation/caseDetails';
import { changedWords } from '../core/memory/curation/changedSources';
import { describeLessons } from '../core/memory/lesson';
import { judgementWords } from './caseLabels';
import { withoutImages } from '../core/markdown/untrustedText';

export function caseMarkdown({
  case: record,
  lessonCounts,
  record: own,
  changedSources,
}: CaseDetails): string {
  const { provenance, plan } = record;
  const sources = provenance.sources.map(({ title, source }) => {
    const now = changedWords(changedSources, source);
    return `- ${title || source} (${source})${now && `, ${now}`}`;
  });
  const lessons = describeLessons(record.lessons, lessonCounts).map(
    ({ text, standing }) => `- ${text.replace(/\s+/g, ' ')} (${standing})`,
  );
  const sections = [
    `# ${record.question.replace(/\s+/g, ' ').trim()}`,
    standing(record),
    own.words,
    record.answer === '' ? '' : section(l10n.t('Answer'), [record.answer]),
    plan.length > 0
      ? section(
          l10n.t('Plan'),
          plan.map((task) => `${task.id}. ${task.description}`),
        )
      : '',
    lessons.length > 0 ? section(l10n.t('Lessons'), lessons) : '',
    sources.length > 0 ? section(l10n.t('Sources'), sources) : '',
    section(l10n.t('Origin'), [
      ...came(record),
      ...(provenance.models.planner === ''
        ? []
        : [l10n.t('- Planner: {0}, executor: {1}', provenance.models.planner, provenance.models.executor)]),
      ...(provenance.tools.length > 0 ? [l10n.t('- Tools: {0}', provenance.tools.join(', '))] : []),
      l10n.t('- Case {0}, run {1}', record.id, record.runId),
    ]),
  ];
  return withoutImages(sections.filter((section) => section !== '').join('\n\n')) + '\n';
}

const section = (title: string, lines: readonly string[]): string => `## ${title}\n\n${lines.join('\n')}`;

function standing({ pinned, reward, reason }: Case): string {
  const judgement = judgementWords(reward);
  const words = pinned ? l10n.t('pinned, {0}', judgement) : judgement;
  return reason ? l10n.t('{0}: {1}', words, reason) : words;
}

function importWords({ at, from }: Imported): string {
  switch (from) {
    case 'memento':
    case 'reward':
      return l10n.t('- Imported {0} from a case bank of the paper', date(at));
    case 'training':
      return l10n.t('- Imported {0} from training data of the paper', date(at));
    case 'lossless':
      return l10n.t('- Imported {0} from another memory of Memento', date(at));
  }
}

function came({ createdAt, judgedAt, provenance: { imported, duplicateOf } }: Case): readonly string[] {
  const researched =
    judgedAt === null
      ? l10n.t('- Researched {0}', date(createdAt))
      : l10n.t('- Researched {0}, judged {1}', date(createdAt), date(judgedAt));
  return [
    ...(imported && imported.from !== 'lossless' ? [] : [researched]),
    ...(imported ? [importWords(imported)] : []),
    ...(duplicateOf === undefined ? [] : [l10n.t('- The same question and plan as case {0}', duplicateOf)]),
  ];
}

const date = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
