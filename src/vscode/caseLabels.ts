/** How a case looks in the tree and in lists: pure, so that it is tested without an editor. */
import type { JudgementName } from '../core/memory/bank';
import type { Case, Reward } from '../core/memory/case';
import { oneLine as shorten } from '../core/common/oneLine';
import { CHANGED_WORDS, type ChangedSource } from '../core/memory/curation/changedSources';
import { escapeMarkdown } from '../core/markdown/untrustedText';
import { relativeTime } from './relativeTime';

export { shorten };

export interface CaseLabels {
  readonly label: string;
  readonly description: string;
  /** Markdown in which nothing that a model or a person wrote is markup. */
  readonly tooltip: string;
  /** A codicon and a theme colour. */
  readonly icon: string;
  readonly color: string | undefined;
  /** What the menus' `when` clauses ask for. */
  readonly contextValue: `case.${JudgementName}${'' | '.pinned'}`;
  readonly accessibleLabel: string;
}

export function judgementName(reward: Reward): JudgementName {
  if (reward === null) return 'unjudged';
  return reward === 1 ? 'accepted' : 'rejected';
}

const WORDS = { accepted: 'accepted', rejected: 'rejected', unjudged: 'not judged' } as const;
const ICONS = { accepted: 'pass', rejected: 'error', unjudged: 'circle-outline' } as const;
const COLORS = {
  accepted: 'testing.iconPassed',
  rejected: 'testing.iconFailed',
  unjudged: undefined,
} as const;

const MAX_LABEL = 200;
const MAX_TEXT = 600;

export function caseLabels(record: Case, now: number): CaseLabels {
  const judgement = judgementName(record.reward);
  const words = record.pinned ? `pinned · ${WORDS[judgement]}` : WORDS[judgement];
  const when = relativeTime(record.judgedAt ?? record.createdAt, now);
  const label = shorten(record.question, MAX_LABEL);
  return {
    label,
    description: [words, ...(isImported(record) ? ['imported'] : []), when].join(' · '),
    tooltip: tooltip(record, words, now),
    icon: record.pinned ? 'pinned' : ICONS[judgement],
    color: COLORS[judgement],
    contextValue: record.pinned ? `case.${judgement}.pinned` : `case.${judgement}`,
    accessibleLabel: [
      label,
      ...(record.pinned ? ['pinned'] : []),
      WORDS[judgement],
      ...(isImported(record) ? ['imported'] : []),
      when,
    ].join(', '),
  };
}

function tooltip(record: Case, words: string, now: number): string {
  const answer = record.shortAnswer === '' ? record.answer : record.shortAnswer;
  const judged = record.judgedAt === null ? words : `${words} ${relativeTime(record.judgedAt, now)}`;
  return [
    `**${escapeMarkdown(shorten(record.question, MAX_TEXT))}**`,
    ...(answer === '' ? [] : [escapeMarkdown(shorten(answer, MAX_TEXT))]),
    ...(record.reason ? [`_Reason:_ ${escapeMarkdown(shorten(record.reason, MAX_TEXT))}`] : []),
    `${judged} · ${came(record, now)}`,
    ...(record.provenance.duplicateOf === undefined
      ? []
      : ['The same question and plan as a case before it.']),
  ].join('\n\n');
}

const isImported = ({ provenance }: Case): boolean => provenance.imported !== undefined;

/** An imported answer has a time of its own only where the file had it. */
function came({ createdAt, provenance: { imported } }: Case, now: number): string {
  const researched = `researched ${relativeTime(createdAt, now)}`;
  if (!imported) return researched;
  const when = `imported ${relativeTime(imported.at, now)}`;
  return imported.from === 'lossless' ? `${researched}, ${when}` : when;
}

/** Markdown for the tooltip: what is no longer as it was. */
export const changedNote = (changed: readonly ChangedSource[]): string =>
  changed.map(({ source, now }) => `_${escapeMarkdown(source)}_: ${CHANGED_WORDS[now]}`).join('  \n');
