/** The check of an answer's citations at run time: by rule, by the model where one is configured, and one repair. */
import type { Result } from '../common/result';
import type { ChatModel } from '../ports';
import { type Citation, citationsOf, strength } from '../tools/citationCheck';
import { type CheckedMark, checkMarks } from '../tools/citations/checkMarks';
import { entail } from '../tools/citations/entailment';
import { withPlainMarks } from '../tools/citations/marks';
import type { Evidence } from '../tools/evidence';
import type { EvidenceLog } from './evidenceLog';
import type { RunEventBody } from './events';
import type { Answer } from './ending';

/** An answer with the citations that could not be verified, for the one repair. */
export interface RepairInput {
  readonly question: string;
  readonly answer: Answer;
  readonly failed: readonly FailedCitation[];
  readonly signal: AbortSignal;
}

export interface FailedCitation {
  /** The evidence id that the mark names. */
  readonly id: string;
  readonly claim: string;
  /** Why, in words for the model. */
  readonly problem: string;
  /** Undefined where the id names none. */
  readonly evidence: Evidence | undefined;
}

export interface AnswerCheck {
  readonly question: string;
  readonly evidence: EvidenceLog;
  /** Asked about what rules leave open; undefined where no model is configured. Its calls are metered. */
  readonly checker: ChatModel | undefined;
  /** Writes the answer anew, once; undefined where no model wrote it. */
  readonly repair: ((input: RepairInput) => Promise<Result<Answer>>) | undefined;
  readonly signal: AbortSignal;
  /** True where no further model call may be made. */
  isSpent(): boolean;
  readonly emit: (event: RunEventBody) => void;
}

export interface CheckedAnswer {
  readonly answer: Answer;
  readonly citations: readonly Citation[];
}

export async function checkAnswer(written: Answer, check: AnswerCheck): Promise<CheckedAnswer> {
  // Who shows the answer knows marks in one form only.
  const answer = { ...written, answer: withPlainMarks(written.answer) };
  const marks = await checkedMarks(answer, check);
  const repaired = await repairedAnswer(answer, marks, check);
  const settled = repaired ?? { answer, marks };
  return { answer: settled.answer, citations: citationsOf(settled.marks, (id) => check.evidence.get(id)) };
}

interface Marked {
  readonly answer: Answer;
  readonly marks: readonly CheckedMark[];
}

async function checkedMarks({ answer }: Answer, check: AnswerCheck): Promise<readonly CheckedMark[]> {
  const lookUp = (id: string) => check.evidence.get(id);
  const marks = checkMarks(answer, lookUp);
  if (!check.checker || check.isSpent()) return marks;
  return entail(marks, lookUp, check.checker, check.signal);
}

const isUnverified = (mark: CheckedMark): boolean => mark.verdict === 'unverified';

/** The repaired answer where it is better: fewer marks that fail, none lost that held, and the short answer kept. */
async function repairedAnswer(
  answer: Answer,
  marks: readonly CheckedMark[],
  check: AnswerCheck,
): Promise<Marked | undefined> {
  const failed = marks.filter(isUnverified);
  if (failed.length === 0 || !check.repair || check.isSpent()) return undefined;
  const { question, signal, emit } = check;
  const reply = await check.repair({
    question,
    answer,
    failed: failed.map((mark) => describe(mark, check.evidence.get(mark.id))),
    signal,
  });
  if (!reply.ok) return undefined;
  const rewritten = { ...reply.value, answer: withPlainMarks(reply.value.answer) };
  const repaired = { answer: rewritten, marks: await checkedMarks(rewritten, check) };
  const taken = isBetter(repaired, { answer, marks });
  const left = repaired.marks.filter(isUnverified).length;
  emit({
    type: 'notice',
    code: 'answer-repaired',
    message: repairWords(failed.length, taken ? left : undefined),
  });
  return taken ? repaired : undefined;
}

function isBetter(after: Marked, before: Marked): boolean {
  const verified = ({ marks }: Marked) => marks.filter((mark) => !isUnverified(mark));
  const fewer = after.marks.filter(isUnverified).length < before.marks.filter(isUnverified).length;
  // An answer with no citations left has none that fail.
  const cites = verified(after).length >= Math.max(1, verified(before).length);
  const short = before.answer.shortAnswer.trim() === '' || after.answer.shortAnswer.trim() !== '';
  const worst = (marked: Marked) => Math.min(...marked.marks.map(strength));
  return fewer && cites && short && worst(after) >= worst(before);
}

function describe(mark: CheckedMark, evidence: Evidence | undefined): FailedCitation {
  const { id, text: claim } = mark;
  return { id, claim, problem: problemOf(mark, evidence), evidence };
}

function problemOf({ misquoted, claim, passage }: CheckedMark, evidence: Evidence | undefined): string {
  if (!evidence) return 'there is no such evidence';
  if (claim === 'contradicted') return `the evidence says otherwise: ${passage}`;
  return misquoted ? 'the quoted words do not stand in the evidence' : 'the evidence does not say it';
}

function repairWords(failed: number, left: number | undefined): string {
  const many = failed === 1 ? '1 citation' : `${failed} citations`;
  const found = `${many} of the first draft could not be verified`;
  if (left === undefined) return `${found}; the model's correction was no better.`;
  return left === 0
    ? `${found}; the model corrected it.`
    : `${found}; the model corrected it, ${left} are left.`;
}
