/** Messages of the panel's page, validated on arrival: the page shows text that others wrote. */
import * as z from 'zod';
import { failed, ok, type Result } from '../core/common/result';
import type { WebviewMessage, WebviewRequest } from './messages';
import { REMEDY_NAMES } from './remedies';
import type { ReportPageMessage, ReportRequest } from './reportMessages';

const id = z.string().min(1).max(200);
const words = z.string().max(20_000);
const path = z.string().min(1).max(5_000);

/** As long as a command line or a program that a person looks through. */
const code = z.string().max(1_000_000);
const task = z.object({ id: z.int(), description: words, dependsOn: z.array(z.int()).max(200) });

const request = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('approve'),
    approvalId: id,
    edited: code.optional(),
    holdsFor: z.literal('searches').optional(),
  }),
  z.object({ type: z.literal('deny'), approvalId: id, reason: words.optional() }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('steer'), text: words }),
  z.object({ type: z.literal('plan'), cycle: z.int().positive(), tasks: z.array(task).max(200) }),
  z.object({ type: z.literal('exclude'), caseId: id }),
  z.object({ type: z.literal('reuse'), caseId: id }),
  z.object({
    type: z.literal('judge'),
    reward: z.union([z.literal(1), z.literal(0), z.null()]),
    reason: words.optional(),
  }),
  z.object({ type: z.literal('openEvidence'), evidenceId: id, mark: z.int().nonnegative().optional() }),
  z.object({ type: z.literal('openArtifact'), callId: id, path: path.optional() }),
  z.object({ type: z.literal('readArtifact'), callId: id, path }),
  z.object({ type: z.literal('showCommand'), callId: id }),
  z.object({ type: z.literal('stopCommand'), callId: id }),
  z.object({ type: z.literal('openCase'), caseId: id }),
  z.object({ type: z.literal('openRun'), runId: id }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('followUp'), question: words }),
  z.object({ type: z.literal('copyAnswer') }),
  z.object({ type: z.literal('export'), format: z.enum(['markdown', 'html', 'json']) }),
  z.object({ type: z.literal('saveArtifact'), callId: id, path }),
  z.object({ type: z.literal('remedy'), name: z.enum(REMEDY_NAMES) }),
  z.object({ type: z.literal('researchAgain') }),
]) satisfies z.ZodType<WebviewRequest>;

const reportRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('openCase'), caseId: id }),
  z.object({ type: z.literal('copyJson') }),
  z.object({ type: z.literal('refresh') }),
]) satisfies z.ZodType<ReportRequest>;

const messageWith = <R extends z.ZodType>(request: R) =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('ready') }),
    z.object({ type: z.literal('error'), message: words }),
    z.object({ type: z.literal('request'), requestId: z.int().nonnegative(), request }),
  ]);
const message = messageWith(request) satisfies z.ZodType<WebviewMessage>;
const reportMessage = messageWith(reportRequest) satisfies z.ZodType<ReportPageMessage>;

/** Total: whatever arrives, a message or a fault comes out, with nothing in it that the types do not name. */
export function parseWebviewMessage(value: unknown): Result<WebviewMessage> {
  return resultOf(message.safeParse(value));
}

/** The same for the page of the memory report. */
export function parseReportMessage(value: unknown): Result<ReportPageMessage> {
  return resultOf(reportMessage.safeParse(value));
}

const resultOf = <T>(parsed: z.ZodSafeParseResult<T>): Result<T> =>
  parsed.success ? ok(parsed.data) : failed('bad-arguments', z.prettifyError(parsed.error));

/** The `requestId` of a message that may not be valid otherwise, so that a bad request is answered too. */
export function requestIdOf(value: unknown): number | undefined {
  const parsed = z.object({ type: z.literal('request'), requestId: z.int().nonnegative() }).safeParse(value);
  return parsed.success ? parsed.data.requestId : undefined;
}

/** The state that the page keeps over a reload: which run it shows. Ids are ULIDs, as they name a file. */
export function parsePanelState(value: unknown): string | undefined {
  const state = z.object({ runId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/) }).safeParse(value);
  return state.success ? state.data.runId : undefined;
}
