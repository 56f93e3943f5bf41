/** The requests that the model server for tests receives. */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);

const content = z.union([z.string(), z.array(part)]).nullish();

const bodySchema = z.object({
  model: z.string(),
  messages: z.array(
    z
      .object({
        role: z.string(),
        content,
        tool_call_id: z.string().optional(),
        tool_calls: z
          .array(
            z.object({
              id: z.string(),
              type: z.literal('function'),
              function: z.object({ name: z.string(), arguments: z.string() }),
            }),
          )
          .optional(),
      })
      // Text with images: `content` is its text, `images` are their data URLs.
      .transform(({ content, ...message }) => {
        if (!Array.isArray(content)) return { ...message, content };
        const images = content.flatMap((each) => (each.type === 'image_url' ? [each.image_url.url] : []));
        const text = content.map((each) => (each.type === 'text' ? each.text : '')).join('');
        return { ...message, content: text, images };
      }),
  ),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
  tools: z
    .array(
      z.object({
        function: z.object({ name: z.string(), description: z.string(), parameters: z.unknown() }),
      }),
    )
    .optional(),
  response_format: z
    .object({
      type: z.string(),
      json_schema: z
        .object({ name: z.string(), schema: z.unknown(), strict: z.boolean().optional() })
        .optional(),
    })
    .optional(),
});
/** The body of a chat completion, checked: a request of another form makes the server drop the connection. */
export type ChatBody = z.infer<typeof bodySchema>;

export interface ModelRequest {
  readonly body: ChatBody;
  readonly headers: IncomingHttpHeaders;
  /** The content of the last message. */
  readonly last: string;
  /** The content of all messages, for predicates and assertions. */
  readonly text: string;
  /** The client went before the reply was complete; undefined while it is under way. */
  closedEarly: boolean | undefined;
}

export function parseChatBody(text: string, headers: IncomingHttpHeaders): ModelRequest {
  const body = bodySchema.parse(JSON.parse(text));
  const contents = body.messages.map(({ content }) => content ?? '');
  return { body, headers, last: contents.at(-1) ?? '', text: contents.join('\n'), closedEarly: undefined };
}

/** What a server may not know. `response_format` is any, the other two are one type of it. */
export type Feature = 'tools' | 'stream_options' | 'response_format' | 'json_schema' | 'json_object';

export function rejectionOf(body: ChatBody, rejects: readonly Feature[]): Feature | undefined {
  const format = body.response_format?.type;
  return rejects.find((feature) => {
    switch (feature) {
      case 'tools':
        return body.tools !== undefined;
      case 'stream_options':
        return body.stream_options !== undefined;
      case 'response_format':
        return format !== undefined;
      case 'json_schema':
      case 'json_object':
        return format === feature;
    }
  });
}
