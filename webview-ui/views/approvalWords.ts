import type { ApprovalState } from '../../src/core/agent/runState';

type Subject = ApprovalState['what'];

/** The name of the card, for screen readers. */
export const APPROVAL_NAMES: Readonly<Record<Subject, string>> = {
  command: 'Run this command?',
  code: 'Run this code?',
  tool: 'Call this tool?',
  url: 'Fetch this address?',
};

/** What a person is asked. */
export const APPROVAL_QUESTIONS: Readonly<Record<Subject, string>> = {
  ...APPROVAL_NAMES,
  command: 'Run this command in the terminal?',
  code: 'Run this code in the terminal?',
};
