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
  tool: 'Call this tool with these arguments?',
};

/** What the bytes are that are shown. */
export const APPROVAL_PARTS: Readonly<Record<Subject, string>> = {
  command: 'Command',
  code: 'Command',
  tool: 'Call',
  url: 'Address',
};
