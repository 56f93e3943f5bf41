/** From all the evidence of a run to its answer, or to saying that there is none. */
import type { Encoder } from '../../ports';
import type { Evidence } from '../../tools/evidence';
import { type Answer, composeAbstention, composeAnswer, type PartFinding } from './compose';
import { analyseQuestion } from './questionType';
import { rank } from './sentenceScore';
import { bestSupport, SUPPORTED, supportFeatures, supportProbability } from './support';

export interface AnswerOptions {
  /** At a limit: the closest finding is given where it is nearly supported. */
  readonly lenient?: boolean;
  readonly signal?: AbortSignal;
}

/** How much less certain an answer may be that a limit forces. */
const LENIENCE = 0.15;

export async function answerFrom(
  text: string,
  evidence: readonly Evidence[],
  encoder: Encoder,
  { lenient = false, signal }: AnswerOptions = {},
): Promise<Answer> {
  const question = analyseQuestion(text);
  const threshold = SUPPORTED - (lenient ? LENIENCE : 0);
  const findings: PartFinding[] = [];
  for (const { label, text: partText } of question.parts) {
    const part = question.parts.length === 1 ? question : analyseQuestion(partText);
    const ranking = await rank(part, evidence, encoder, signal);
    const support = bestSupport(ranking);
    const probability = support === undefined ? 0 : supportProbability(supportFeatures(support, ranking));
    findings.push({ label, part, ranking, support: probability >= threshold ? support : undefined });
  }
  if (findings.some(({ support }) => support !== undefined)) return composeAnswer(findings);
  return composeAbstention(findings[0]?.ranking.ranked ?? []);
}
