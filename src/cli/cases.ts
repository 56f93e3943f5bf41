import { runState } from '../core/agent/runState';
import type { Ports } from '../core/assistant';
import { oneLine } from '../core/common/oneLine';
import { EscapeStripper } from '../core/common/terminalText';
import type { CaseBank } from '../core/memory/bank';
import type { Case } from '../core/memory/case';
import { caseDetails, type CaseDetails } from '../core/memory/curation/caseDetails';
import { changedSources, changedWords } from '../core/memory/curation/changedSources';
import { describeLessons } from '../core/memory/lesson';
import type { Command } from './arguments';
import { edit, listForgotten, pin } from './curation';
import type { Host } from './host';
import { open } from './open';
import { suggestionLine } from './screen';

type CasesCommand = Extract<Command, { name: 'cases' }>;
type OnCases = Extract<CasesCommand, { argument: string }>;

const PAGE = 200;

export async function cases(command: CasesCommand, host: Host): Promise<number> {
  const opened = await open(command, host);
  try {
    switch (command.action) {
      case 'import':
        return await (await import('./transfer')).importCases(command, opened.ports, host);
      case 'export':
        return await (await import('./transfer')).exportTo(command, opened.ports, host);
      default:
        return await act(command, opened.ports, host);
    }
  } finally {
    await opened.close();
  }
}

async function act({ action, argument, file, json }: OnCases, ports: Ports, host: Host): Promise<number> {
  const { bank } = ports;
  switch (action) {
    case 'list':
      return list(bank, undefined, json, host);
    case 'search':
      return list(bank, argument, json, host);
    case 'show': {
      const details = await caseDetails(bank, argument, (found) => changedSources(found, ports.files));
      if (!details) return missing(argument, host);
      const { suggestions } = runState((await ports.runs.read(details.case.runId)) ?? []);
      const suggested = suggestions.map((each) => `${suggestionLine(each)}\n`).join('');
      if (json) host.write(`${JSON.stringify({ ...asJson(details), suggestions })}\n`);
      else host.write(plain(describeCase(details) + suggested));
      return 0;
    }
    case 'pin':
    case 'unpin':
      return pin(argument, action === 'pin', ports, json, host);
    case 'edit':
      return edit(argument, file, ports, json, host);
    case 'forgotten':
      return listForgotten(bank, json, host);
    case 'forget':
    case 'restore': {
      const forget = action === 'forget';
      if (!(await (forget ? bank.forget(argument, Date.now()) : bank.restore(argument))))
        return missing(argument, host);
      if (json) host.write(`${JSON.stringify({ caseId: argument, forgotten: forget })}\n`);
      else
        host.write(forget ? `Forgotten. Undo: ${host.program} cases restore ${argument}\n` : 'Restored.\n');
      return 0;
    }
  }
}

async function list(bank: CaseBank, text: string | undefined, json: boolean, host: Host): Promise<number> {
  let shown = 0;
  for (let total = 1; shown < total;) {
    const page = await bank.list({ offset: shown, limit: PAGE, ...(text === undefined ? {} : { text }) });
    for (const found of page.cases)
      host.write(json ? `${JSON.stringify(found)}\n` : `${plain(line(found))}\n`);
    shown += page.cases.length;
    total = page.cases.length === 0 ? 0 : page.total;
  }
  if (shown === 0 && !json)
    host.write(text === undefined ? 'No cases yet.\n' : `No case contains “${text}”.\n`);
  return 0;
}

function missing(caseId: string, host: Host): number {
  host.complain(`There is no case ${caseId} in this folder's memory: ${host.program} cases list shows them.`);
  return 1;
}

/** What came from a file, too, must not steer the terminal. */
const plain = (text: string): string => new EscapeStripper().write(text);

const judged = ({ reward }: Case): string =>
  reward === 1 ? 'accepted' : reward === 0 ? 'rejected' : 'not judged';

const isImported = ({ provenance }: Case): boolean => provenance.imported !== undefined;

const pinned = (found: Case): string => (found.pinned ? 'pinned, ' : '');

const line = (found: Case): string =>
  `${found.id}  ${new Date(found.createdAt).toISOString().slice(0, 10)}  ${judged(found).padEnd(10)}  ${found.pinned ? '[pinned] ' : ''}${oneLine(found.question, 90)}${isImported(found) ? '  (imported)' : ''}`;

/** With the lessons' counters beside their texts. */
function asJson({ case: found, lessonCounts, ...details }: CaseDetails): object {
  return {
    ...found,
    ...details,
    lessons: found.lessons.map((lesson, i) => ({ ...lesson, ...lessonCounts[i] })),
  };
}

/** A case as text, for a person or a program that reads it. */
export function describeCase({
  case: found,
  lessonCounts,
  record,
  changedSources: changed,
}: CaseDetails): string {
  const plan = found.plan.map(({ id, description }) => `  ${id}. ${description}`);
  const sources = found.provenance.sources.map(({ source, title }) => {
    const now = changedWords(changed, source);
    return `  ${source}  ${title}${now && `  (${now})`}`;
  });
  return [
    found.question,
    `case ${found.id} of run ${found.runId}, ${new Date(found.createdAt).toISOString()}, ${found.outcome}`,
    `${pinned(found)}${judged(found)}${found.reason ? `: ${found.reason}` : ''}`,
    ...origin(found),
    record.words,
    '',
    'Plan',
    ...plan,
    '',
    'Answer',
    ...found.answer.split('\n').map((text) => `  ${text}`),
    ...lessonLines(describeLessons(found.lessons, lessonCounts)),
    '',
    'Sources',
    ...sources,
    '',
  ].join('\n');
}

/** Where a case is from that no run of this memory made, and which one it is a duplicate of. */
function origin({ provenance: { imported, duplicateOf } }: Case): readonly string[] {
  return [
    ...(imported ? [`imported ${new Date(imported.at).toISOString()} (${imported.from} format)`] : []),
    ...(duplicateOf === undefined ? [] : [`the same question and plan as case ${duplicateOf}`]),
  ];
}

function lessonLines(lessons: ReturnType<typeof describeLessons>): readonly string[] {
  if (lessons.length === 0) return [];
  return [
    '',
    'Lessons',
    ...lessons.map(({ text, standing }) => `  - ${text.replace(/\s+/g, ' ')} (${standing})`),
  ];
}
