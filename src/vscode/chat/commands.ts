/** The commands of `@memento`: what the memory and the past runs have, with links to all of it. */
import * as vscode from 'vscode';
import { runState } from '../../core/agent/runState';
import type { Case } from '../../core/memory/case';
import { reportSections } from '../../core/memory/report/sections';
import { caseLabels, shorten } from '../caseLabels';
import { formatNumber } from '../formats';
import { escapeMarkdown } from '../../core/markdown/untrustedText';
import { runLabels, standingOf } from '../runLabels';
import { writeEvidence } from './answer';
import type { ChatServices } from './participant';
import type { ChatTurn } from './requests';
import { lastRun } from './turn';

const MOST_LISTED = 10;
const LONGEST_ANSWER = 300;

export async function showCases(
  { memory }: Pick<ChatServices, 'memory'>,
  { request, stream }: ChatTurn,
): Promise<vscode.ChatResult> {
  const { bank } = await memory.get();
  const text = request.prompt.trim();
  const { cases, total } = await bank.list({
    offset: 0,
    limit: MOST_LISTED,
    ...(text === '' ? {} : { text }),
  });
  if (total === 0) {
    stream.markdown(
      text === ''
        ? vscode.l10n.t('There are no cases yet. Each answer that you accept or reject becomes one.')
        : vscode.l10n.t('No case has “{0}”.', escapeMarkdown(text)),
    );
    return {};
  }
  if (total > cases.length) {
    stream.markdown(`${vscode.l10n.t('The first {0} of {1} cases:', cases.length, formatNumber(total))}\n\n`);
  }
  stream.markdown(linked(cases.map(caseItem).join('\n'), 'memento.openCase'));
  stream.button({ command: 'memento.searchCases', title: vscode.l10n.t('Search Cases') });
  return {};
}

function caseItem(record: Case): string {
  const { description } = caseLabels(record, Date.now());
  const answer = shorten(record.shortAnswer || record.answer, LONGEST_ANSWER);
  return `- ${link(shorten(record.question, 200), 'memento.openCase', record.id)} (${escapeMarkdown(description)})  \n  ${escapeMarkdown(answer)}`;
}

export async function showRuns(
  { memory }: Pick<ChatServices, 'memory'>,
  { stream }: ChatTurn,
): Promise<vscode.ChatResult> {
  const { runs } = await memory.get();
  const listed = await runs.list(MOST_LISTED);
  if (listed.length === 0) {
    stream.markdown(vscode.l10n.t('Nothing has been researched in this folder yet.'));
    return {};
  }
  const items = listed.map(async (run) => {
    const isUnderWay = run.outcome === null && (await runs.isUnderWay(run.runId));
    const { label, description } = runLabels(run, standingOf(run, isUnderWay), Date.now());
    return `- ${link(label, 'memento.showRun', run.runId)} (${escapeMarkdown(description)})`;
  });
  stream.markdown(linked((await Promise.all(items)).join('\n'), 'memento.showRun'));
  return {};
}

/** The first words of the memory report; its figures are in its own panel. */
export async function showReport(
  { memory }: Pick<ChatServices, 'memory'>,
  { stream }: ChatTurn,
): Promise<vscode.ChatResult> {
  stream.progress(vscode.l10n.t('Reading the memory'));
  const report = await (await memory.get()).bank.report();
  const [help, accepted] = reportSections(report);
  for (const section of [help, accepted]) {
    if (section) stream.markdown(`**${escapeMarkdown(section.title)}** ${escapeMarkdown(section.words)}\n\n`);
  }
  stream.button({ command: 'memento.showReport', title: vscode.l10n.t('Memory Report') });
  return {};
}

/** What the last answer of this conversation stands on, word by word. */
export async function showEvidence(
  { memory }: Pick<ChatServices, 'memory'>,
  { context, stream }: ChatTurn,
): Promise<vscode.ChatResult> {
  const runId = lastRun(context);
  const state =
    runId === undefined ? undefined : runState((await (await memory.get()).runs.read(runId)) ?? []);
  if (!state?.citations?.length) {
    stream.markdown(vscode.l10n.t('There is no answer with sources in this conversation yet.'));
    return {};
  }
  writeEvidence(state, stream);
  return {};
}

/** Markdown whose links may run this one command, and nothing else. */
function linked(markdown: string, command: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown);
  text.isTrusted = { enabledCommands: [command] };
  return text;
}

const link = (label: string, command: string, argument: string): string =>
  `[${escapeMarkdown(label)}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
