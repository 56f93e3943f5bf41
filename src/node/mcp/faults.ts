/** What goes wrong with a server, as a sentence and a code. */
import { SseError } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { failed, messageOf, type Failed, type FaultCode } from '../../core/common/result';
import { faultOfFetch } from '../http/faults';
import type { Remedies } from '../http/remedies';
import type { ServerConfiguration } from './configuration';
import { redacted } from './redacted';

const MAX_WORDS = 500;
/** McpError's code is any number, which the compiler does not compare with an enumeration's. */
const REQUEST_TIMEOUT: number = ErrorCode.RequestTimeout;

/** The status of an HTTP server's refusal, undefined where it was something else. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof StreamableHTTPError || error instanceof SseError ? error.code : undefined;

export interface FaultContext {
  readonly server: ServerConfiguration;
  /** How long the request had to wait. */
  readonly timeoutMs: number;
  readonly remedies: Remedies;
}

export function faultOf(error: unknown, context: FaultContext): Failed {
  const [code, words] = describe(error, context);
  return failed(code, `The MCP server “${context.server.name}” ${words}`);
}

function describe(
  error: unknown,
  { server: { transport }, timeoutMs, remedies }: FaultContext,
): readonly [FaultCode, string] {
  // Before it is cut: half a key would not be found again.
  const told = (words: string) => sentence(redacted(words, transport));
  const status = statusOf(error);
  if (status !== undefined && status >= 400) return refusal(status);
  if (error instanceof McpError) {
    const said = messageOf(error).replace(/^(?:MCP error -?\d+: )+/, '');
    if (error.code === REQUEST_TIMEOUT) {
      return ['stalled', `did not answer within ${timeoutMs / 1_000} s.`];
    }
    return ['tool', `answered with an error: ${told(said)}`];
  }
  // JSON that is none, or another type than the protocol has: a web page, where a proxy answers.
  const isBadType = error instanceof StreamableHTTPError && error.code === -1;
  if (
    error instanceof SyntaxError ||
    isBadType ||
    (error instanceof Error && error.name.endsWith('ZodError'))
  ) {
    return ['bad-reply', 'answered with something that is no reply of the Model Context Protocol.'];
  }
  if (transport.kind === 'http') {
    const fault = faultOfFetch(error, new URL(transport.url).host, remedies);
    if (fault !== undefined) return ['unreachable', `cannot be reached: ${fault.fault.message}`];
  }
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return ['unreachable', `cannot be reached: ${told(messageOf(error) + cause)}`];
}

function refusal(status: number): readonly [FaultCode, string] {
  if (status === 401) {
    return ['unauthorized', 'refused the request (401): set an Authorization header in its “headers”.'];
  }
  if (status === 403) return ['forbidden', 'refused the request (403): its “headers” do not allow it.'];
  if (status === 429) return ['rate-limited', 'asks to be called less often (429).'];
  return [status >= 500 ? 'server-error' : 'bad-request', `answered with the status ${status}.`];
}

const sentence = (words: string): string => {
  const text = words.trim().slice(0, MAX_WORDS);
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
