/**
 * Events as they are read from a log, which another version wrote, or somebody else: what is read has all that the type
 * says, so that no fold over it needs to look again. The table is kept in step with the types by the compiler.
 */
import type { Fault } from '../common/result';
import {
  anything,
  either,
  fields,
  isObject,
  key,
  listOf,
  nothing,
  number,
  oneOf,
  only,
  orAbsent,
  ordinal,
  orNull,
  tagged,
  text,
  time,
  truth,
  whole,
  type Kind,
} from '../common/kind';
import type { Locator } from '../common/locator';
import type { PlanTask, Reward } from '../memory/case';
import type { Design, Estimate, PolicyName, RetrievedCase } from '../memory/retrieved';
import type { ChosenCase, DecisionRecord } from '../memory/runRecord';
import type {
  ApprovalScope,
  ApprovalSubject,
  ArtifactFile,
  Citation,
  CitationVerdict,
  ClaimCheck,
  MarkCheck,
  OfferedSource,
  Outcome,
  RunEvent,
  RunEventBody,
  RunUsage,
} from './events';
import { complete, isFaultCode } from './olderEvents';

/** As JSON.parse gave it, which is completed where it lacks what older logs do not have; undefined where it is none. */
export function readEvent(value: unknown): RunEvent | undefined {
  if (!isObject(value) || !isHead(value)) return undefined;
  complete(value);
  return isEvent(value) ? value : undefined;
}

const texts = listOf(text);

const fault = fields<Fault>({ code: isFaultCode, message: text });
const outcome = oneOf<Outcome>({
  answered: true,
  abstained: true,
  exhausted: true,
  cancelled: true,
  failed: true,
});
const subject = oneOf<ApprovalSubject>({ command: true, code: true, tool: true, url: true });
const scope = oneOf<ApprovalScope>({ searches: true });
const verdict = oneOf<CitationVerdict>({ quoted: true, aligned: true, entailed: true, unverified: true });
const claim = oneOf<ClaimCheck>({ supported: true, unchecked: true, contradicted: true });
const oneOrZero = either(only(1), only(0));
const reward: Kind<Reward> = either(oneOrZero, nothing);

const span = { start: ordinal, end: ordinal };
const locator: Kind<Locator> = tagged<'kind', Locator>('kind', {
  lines: span,
  pages: span,
  slides: span,
  cells: span,
  range: { sheet: text, range: text },
  section: { heading: text },
  time: { start: number, end: number },
  entry: { path: text, at: (value): value is Locator => locator(value) },
  whole: {},
  output: {},
});

const task = fields<PlanTask>({ id: whole, description: text, dependsOn: listOf(whole) });
const tasks = listOf(task);
const estimate = fields<Estimate>({ mean: number, low: number, high: number });
const retrievedCase = fields<RetrievedCase>({
  caseId: text,
  sourceRunId: text,
  question: text,
  similarity: number,
  value: orNull(number),
  advantage: orNull(estimate),
  reward,
  reason: orNull(text),
  why: text,
  use: oneOf({ example: true, avoid: true, withheld: true }),
  pinned: truth,
  changedSources: texts,
  lessons: texts,
});
const design = fields<Design>({
  control: truth,
  controlRate: number,
  dropped: orNull(text),
  dropRate: number,
  policyVersion: text,
  seed: number,
});
const chosenCase = fields<ChosenCase>({
  caseId: text,
  cosine: orAbsent(number),
  lexical: number,
  similarity: number,
  standing: number,
  label: reward,
  value: number,
  advantage: orNull(estimate),
  pinned: truth,
});
const decision = fields<Omit<DecisionRecord, 'design'>>({
  policy: oneOf<PolicyName>({ none: true, similarity: true, paper: true, learned: true }),
  eligible: truth,
  chosen: listOf(chosenCase),
  excluded: orAbsent(texts),
  avoided: orNull(text),
  lessons: texts,
  expected: orNull(number),
});
const madeFile = fields<ArtifactFile>({ path: text, bytes: number, mediaType: text });
const mark = fields<MarkCheck>({
  text,
  verdict,
  claim,
  quoteFound: truth,
  passage: text,
  locator,
});
const citation = fields<Citation>({
  n: whole,
  evidence: key,
  source: text,
  title: text,
  locator,
  quote: text,
  verdict,
  claim: orAbsent(claim),
  quoteFound: orAbsent(truth),
  readAt: orAbsent(time),
  marks: orAbsent(listOf(mark)),
});
const usage = {
  inputTokens: number,
  outputTokens: number,
  cost: orNull(number),
  knownCost: orAbsent(number),
  modelCalls: number,
};

const isHead = fields<Omit<RunEvent, 'type'>>({ v: only(1), seq: number, at: time, runId: text });
const isBody = tagged<'type', RunEventBody>('type', {
  'run.started': { question: text, parentRunId: orNull(text), workspace: orNull(text) },
  'question.restated': { question: text },
  'models.chosen': { planner: text, executor: text },
  'cases.retrieved': {
    policy: text,
    cases: listOf(retrievedCase),
    candidates: listOf(fields({ caseId: text, similarity: number, value: orNull(number) })),
    whyNone: text,
    design,
    decision: orAbsent(decision),
  },
  'reuse.offered': {
    caseId: text,
    question: text,
    answer: text,
    sources: listOf(fields<OfferedSource>({ source: text, changed: truth, unchecked: orAbsent(only(true)) })),
  },
  'reuse.taken': { caseId: text },
  'plan.proposed': { cycle: whole, usedCases: texts, tasks, review: orAbsent(only(true)) },
  'plan.edited': { cycle: whole, tasks },
  'plan.approved': { cycle: whole },
  'case.excluded': { caseId: text },
  'user.steered': { text },
  'task.started': { taskId: whole },
  'tool.called': { taskId: whole, callId: key, tool: text, arguments: anything },
  'tool.output': { callId: key, chunk: text },
  'approval.requested': {
    callId: key,
    approvalId: text,
    what: subject,
    command: text,
    code: orNull(text),
    reasons: texts,
    mayHoldFor: orAbsent(scope),
  },
  'approval.resolved': {
    callId: key,
    approvalId: text,
    decision: oneOf({ approved: true, denied: true, withdrawn: true }),
    reason: orNull(text),
    edited: orAbsent(text),
    holdsFor: orAbsent(scope),
  },
  'approval.waived': { callId: key, what: subject, command: text, reasons: texts },
  'tool.returned': {
    callId: key,
    ok: truth,
    preview: text,
    artifact: orNull(text),
    files: orAbsent(listOf(madeFile)),
    repeated: orAbsent(only(true)),
    exitCode: orAbsent(orNull(number)),
    background: orAbsent(only(true)),
    durationMs: number,
  },
  'command.ended': {
    callId: key,
    endedBy: oneOf({ exit: true, cancelled: true, closed: true, lost: true }),
    exitCode: orNull(number),
  },
  'evidence.added': {
    id: key,
    callId: key,
    source: text,
    title: text,
    locator,
    text,
    hash: text,
    readAt: orAbsent(time),
  },
  'task.finished': {
    taskId: whole,
    status: oneOf({ done: true, failed: true, cancelled: true }),
    result: text,
  },
  'model.waiting': { until: number, reason: text },
  'run.exposed': { source: text },
  notice: { code: text, message: text },
  'answer.delta': { text },
  'answer.ready': { answer: text, shortAnswer: text, citations: listOf(citation) },
  usage: usage,
  'run.interrupted': {},
  'run.resumed': {},
  'run.finished': { outcome, error: orAbsent(fault) },
  'case.stored': { caseId: text },
  'feedback.suggested': { reward: oneOrZero, reason: orNull(text), by: text },
  'feedback.given': { reward, reason: orNull(text) },
  'lessons.learned': {
    lessons: texts,
    usage: fields<RunUsage>(usage),
    error: orAbsent(fault),
  },
});

const isEvent = (value: unknown): value is RunEvent => isHead(value) && isBody(value);
