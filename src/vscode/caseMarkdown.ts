/** A case as a document, for where the log of its run is gone. */
import type { Case, Imported } from '../core/memory/case';
import type { CaseDetails } from '../core/memory/curation/caseDetails';
import { changedWords } from '../core/memory/curation/changedSources';
import { describeLessons } from '../core/memory/lesson';
import { judgementName } from './caseLabels';
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
    `${record.pinned ? 'pinned, ' : ''}${judgementName(record.reward)}${record.reason ? `: ${record.reason}` : ''}`,
    own.words,
    record.answer === '' ? '' : `## Answer\n\n${record.answer}`,
    plan.length > 0 ? `## Plan\n\n${plan.map((task) => `${task.id}. ${task.description}`).join('\n')}` : '',
    lessons.length > 0 ? `## Lessons\n\n${lessons.join('\n')}` : '',
    sources.length > 0 ? `## Sources\n\n${sources.join('\n')}` : '',
    [
      '## Origin\n',
      ...came(record),
      ...(provenance.models.planner === ''
        ? []
        : [`- Planner: ${provenance.models.planner}, executor: ${provenance.models.executor}`]),
      ...(provenance.tools.length > 0 ? [`- Tools: ${provenance.tools.join(', ')}`] : []),
      `- Case ${record.id}, run ${record.runId}`,
    ].join('\n'),
  ];
  return withoutImages(sections.filter((section) => section !== '').join('\n\n')) + '\n';
}

const FORMATS: Readonly<Record<Imported['from'], string>> = {
  memento: 'a case bank of the paper',
  reward: 'a case bank of the paper',
  training: 'training data of the paper',
  lossless: 'another memory of Memento',
};

function came({ createdAt, judgedAt, provenance: { imported, duplicateOf } }: Case): readonly string[] {
  const judged = judgedAt === null ? '' : `, judged ${date(judgedAt)}`;
  return [
    ...(imported && imported.from !== 'lossless' ? [] : [`- Researched ${date(createdAt)}${judged}`]),
    ...(imported ? [`- Imported ${date(imported.at)} from ${FORMATS[imported.from]}`] : []),
    ...(duplicateOf === undefined ? [] : [`- The same question and plan as case ${duplicateOf}`]),
  ];
}

const date = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
