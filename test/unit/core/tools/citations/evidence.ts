import type { Evidence } from '../../../../../src/core/tools/evidence';

/** A piece of evidence of three lines' place, e1 of a file unless told otherwise. */
export const someEvidence = (more: Partial<Evidence> = {}): Evidence => ({
  id: 'e1',
  callId: 'c1',
  source: 'notes.md',
  title: 'Notes',
  locator: { kind: 'lines', start: 1, end: 3 },
  text: '',
  hash: '',
  readAt: 0,
  ...more,
});
