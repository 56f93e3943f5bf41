import * as l10n from '@vscode/l10n';
import type { ApprovalScope } from '../../src/core/agent/events';
import type { ApprovalState } from '../../src/core/agent/runState';

type Subject = ApprovalState['what'];

/** The name of the card, for screen readers. */
export const APPROVAL_NAMES: Readonly<Record<Subject, string>> = {
  command: l10n.t('Run this command?'),
  code: l10n.t('Run this code?'),
  tool: l10n.t('Call this tool?'),
  url: l10n.t('Fetch this address?'),
};

/** What a person is asked. */
export const APPROVAL_QUESTIONS: Readonly<Record<Subject, string>> = {
  ...APPROVAL_NAMES,
  command: l10n.t('Run this command in the terminal?'),
  code: l10n.t('Run this code in the terminal?'),
  tool: l10n.t('Call this tool with these arguments?'),
};

/** What the bytes are that are shown. */
export const APPROVAL_PARTS: Readonly<Record<Subject, string>> = {
  command: l10n.t('Command'),
  code: l10n.t('Command'),
  tool: l10n.t('Call'),
  url: l10n.t('Address'),
};

/** Of the button that allows more than what is shown. */
export const APPROVE_ALL: Readonly<Record<ApprovalScope, string>> = {
  searches: l10n.t('Approve all searches of this run'),
};

/** What was decided with the bytes that are shown. */
export const APPROVED_ALL: Readonly<Record<ApprovalScope, string>> = {
  searches: l10n.t('Approved, with all searches of this run'),
};
