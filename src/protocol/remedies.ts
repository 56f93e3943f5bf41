/**
 * What a person can do about a fault: a fixed list of names. The page asks the host for one by its name, so that nothing
 * it shows can make the host run another command.
 */
import type { FaultCode } from '../core/common/result';

export const REMEDY_NAMES = [
  'ask',
  'chooseModel',
  'limits',
  'log',
  'modelSettings',
  'openFolder',
  'researchAgain',
  'setKey',
  'testModel',
] as const;

export type RemedyName = (typeof REMEDY_NAMES)[number];

/** The remedies in the order in which they are offered, or why there is none. */
type Remedy = readonly [RemedyName, ...RemedyName[]] | { readonly none: string };

/** Of every code, so that a new one cannot be forgotten. */
const REMEDIES: Readonly<Record<FaultCode, Remedy>> = {
  'empty-question': ['ask'],
  'no-folder': ['openFolder', 'chooseModel'],
  'no-model': ['chooseModel', 'modelSettings'],
  unauthorized: ['setKey', 'chooseModel'],
  forbidden: ['setKey', 'chooseModel'],
  'model-not-found': ['chooseModel', 'modelSettings'],
  unreachable: ['testModel', 'chooseModel', 'modelSettings'],
  'rate-limited': ['researchAgain', 'chooseModel'],
  'server-error': ['researchAgain', 'testModel'],
  'bad-request': ['testModel', 'modelSettings'],
  'bad-reply': ['researchAgain', 'testModel'],
  'bad-plan': ['researchAgain', 'chooseModel'],
  stalled: ['researchAgain', 'testModel'],
  'context-too-long': ['chooseModel'],
  unsupported: ['testModel', 'chooseModel'],
  limit: ['limits'],
  storage: ['log'],
  tool: ['log'],
  internal: ['log'],
  cancelled: { none: 'The person stopped it, and knows.' },
  denied: { none: 'The person, or a rule that protects them, said no.' },
  'not-found': { none: 'What was asked for is gone; the sentence says what.' },
  'bad-arguments': { none: 'The sentence says what is wrong in what the person wrote, where they wrote it.' },
};

export function remediesOf(code: FaultCode): readonly RemedyName[] {
  const remedy = REMEDIES[code];
  return 'none' in remedy ? [] : remedy;
}
