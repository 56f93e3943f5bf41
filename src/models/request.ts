/** A ChatRequest as the body of a streamed chat completion (OpenAI API reference: “Create chat completion”). */
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { ChatMessage, ChatRequest, ImageInput, ToolCall } from '../core/ports';
import { complaintOf, refusesFormat, refusesStreamOptions } from './complaints';
import type { Trouble } from './trouble';

export type ResponseFormat = 'json_schema' | 'json_object' | 'text';

/** What this server has turned out not to know. Remembered for as long as the model object lives. */
export interface Dialect {
  streamOptions: boolean;
  format: ResponseFormat;
}

export const fullDialect = (): Dialect => ({ streamOptions: true, format: 'json_schema' });

export function bodyOf(
  model: string,
  request: ChatRequest,
  dialect: Dialect,
): ChatCompletionCreateParamsStreaming {
  const { schema, tools = [] } = request;
  return {
    model,
    messages: request.messages.map(messageOf),
    stream: true,
    ...(dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
    ...(tools.length > 0
      ? {
          tools: tools.map(({ name, description, parameters }) => ({
            type: 'function' as const,
            function: { name, description, parameters },
          })),
        }
      : {}),
    ...(schema && dialect.format === 'json_schema'
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: schema.name, schema: schema.schema, strict: false },
          },
        }
      : {}),
    ...(schema && dialect.format === 'json_object'
      ? { response_format: { type: 'json_object' as const } }
      : {}),
  };
}

function messageOf(message: ChatMessage): ChatCompletionMessageParam {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.callId, content: message.content };
  }
  if (message.role === 'user' && message.images?.length) {
    return {
      role: 'user',
      content: [{ type: 'text', text: message.content }, ...message.images.map(imagePart)],
    };
  }
  if (message.role !== 'assistant' || !message.toolCalls?.length) {
    return { role: message.role, content: message.content };
  }
  return {
    role: 'assistant',
    content: message.content || null,
    tool_calls: message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function' as const,
      function: { name: call.name, arguments: wellFormed(call) },
    })),
  };
}

/** As a data URL (RFC 2397): the server fetches nothing. */
const imagePart = ({ mediaType, bytes }: ImageInput) => ({
  type: 'image_url' as const,
  image_url: { url: `data:${mediaType};base64,${base64(bytes)}` },
});

/** In pieces, as a call takes a limited number of arguments; a multiple of three bytes needs no padding. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 24_576)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576)));
  return text;
}

export const hasImages = ({ messages }: ChatRequest): boolean =>
  messages.some((message) => message.role === 'user' && (message.images?.length ?? 0) > 0);

/** Servers parse the arguments of past calls and fail on malformed ones; the model should still see what it wrote. */
function wellFormed(call: ToolCall): string {
  try {
    const value: unknown = JSON.parse(call.arguments);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return call.arguments;
  } catch {
    // Falls through to the same form as arguments that are no object.
  }
  return JSON.stringify({ malformed: call.arguments });
}

/**
 * True where the server refused a field that can be left out, after noting so in `dialect`: send the request again. The
 * format goes down from a schema to any JSON object to none. It compares with what was *sent*, because requests run in
 * parallel.
 */
export function simplify(
  dialect: Dialect,
  sent: ChatCompletionCreateParamsStreaming,
  trouble: Trouble,
): boolean {
  const complaint = complaintOf(trouble);
  if (!complaint || (trouble.kind === 'error-event' && trouble.started)) return false;
  if (sent.stream_options && refusesStreamOptions(complaint)) {
    dialect.streamOptions = false;
    return true;
  }
  if (sent.response_format && refusesFormat(complaint)) {
    if (sent.response_format.type === dialect.format) {
      dialect.format = dialect.format === 'json_schema' ? 'json_object' : 'text';
    }
    return true;
  }
  return false;
}
