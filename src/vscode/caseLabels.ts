/** How a case looks in the tree and in lists: pure, so that it is tested without an editor. */
import * as l10n from '@vscode/l10n';
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

export function judgementWords(reward: Reward): string {
  if (reward === null) return l10n.t('not judged');
  return reward === 1 ? l10n.t('accepted') : l10n.t('rejected');
}

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
  const words = [
    ...(record.pinned ? [l10n.t('pinned')] : []),
    judgementWords(record.reward),
    ...(isImported(record) ? [l10n.t('imported')] : []),
  ];
  const when = relativeTime(record.judgedAt ?? record.createdAt, now);
  const label = shorten(record.question, MAX_LABEL);
  return {
    label,
    description: [...words, when].join(' · '),
    tooltip: tooltip(record, now),
    icon: record.pinned ? 'pinned' : ICONS[judgement],
    color: COLORS[judgement],
    contextValue: record.pinned ? `case.${judgement}.pinned` : `case.${judgement}`,
    accessibleLabel: [label, ...words, when].join(', '),
  };
}

function tooltip(record: Case, now: number): string {
  const answer = record.shortAnswer === '' ? record.answer : record.shortAnswer;
  return [
    `**${escapeMarkdown(shorten(record.question, MAX_TEXT))}**`,
    ...(answer === '' ? [] : [escapeMarkdown(shorten(answer, MAX_TEXT))]),
    ...(record.reason ? [l10n.t('_Reason:_ {0}', escapeMarkdown(shorten(record.reason, MAX_TEXT)))] : []),
    [...(record.pinned ? [l10n.t('pinned')] : []), judged(record, now), came(record, now)].join(' · '),
    ...(record.provenance.duplicateOf === undefined
      ? []
      : [l10n.t('The same question and plan as a case before it.')]),
  ].join('\n\n');
}

function judged({ reward, judgedAt }: Case, now: number): string {
  if (reward === null || judgedAt === null) return judgementWords(reward);
  const when = relativeTime(judgedAt, now);
  return reward === 1 ? l10n.t('accepted {0}', when) : l10n.t('rejected {0}', when);
}

const isImported = ({ provenance }: Case): boolean => provenance.imported !== undefined;

/** An imported answer has a time of its own only where the file had it. */
function came({ createdAt, provenance: { imported } }: Case, now: number): string {
  const researched = relativeTime(createdAt, now);
  if (!imported) return l10n.t('researched {0}', researched);
  const when = relativeTime(imported.at, now);
  return imported.from === 'lossless'
    ? l10n.t('researched {0}, imported {1}', researched, when)
    : l10n.t('imported {0}', when);
}

/** Markdown for the tooltip: what is no longer as it was. */
export const changedNote = (changed: readonly ChangedSource[]): string =>
  changed.map(({ source, now }) => `_${escapeMarkdown(source)}_: ${CHANGED_WORDS[now]}`).join('  \n');
