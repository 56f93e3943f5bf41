/** A case as a document, for where the log of its run is gone. */
import type { Case } from '../core/memory/case';
import { type ChangedSource, changedWords } from '../core/memory/changedSources';
import { judgementName } from './caseLabels';
import { withoutImages } from './markdownText';

/** `changed`: its sources that are no longer as they were. */
export function caseMarkdown(record: Case, changed: readonly ChangedSource[] = []): string {
  const { provenance, plan } = record;
  const sources = provenance.sources.map(({ title, source }) => {
    const now = changedWords(changed, source);
    return `- ${title || source} (${source})${now && `, ${now}`}`;
  });
  const sections = [
    `# ${record.question.replace(/\s+/g, ' ').trim()}`,
    `${record.pinned ? 'pinned, ' : ''}${judgementName(record.reward)}${record.reason ? `: ${record.reason}` : ''}`,
    `## Answer\n\n${record.answer}`,
    plan.length > 0 ? `## Plan\n\n${plan.map((task) => `${task.id}. ${task.description}`).join('\n')}` : '',
    sources.length > 0 ? `## Sources\n\n${sources.join('\n')}` : '',
    [
      '## Origin\n',
      `- Researched ${date(record.createdAt)}${record.judgedAt === null ? '' : `, judged ${date(record.judgedAt)}`}`,
      `- Planner: ${provenance.models.planner}, executor: ${provenance.models.executor}`,
      ...(provenance.tools.length > 0 ? [`- Tools: ${provenance.tools.join(', ')}`] : []),
      `- Case ${record.id}, run ${record.runId}`,
    ].join('\n'),
  ];
  return withoutImages(sections.filter((section) => section !== '').join('\n\n')) + '\n';
}

const date = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
