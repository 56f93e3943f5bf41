/**
 * One chunk of a streamed chat completion (OpenAI API reference: “The chat completion chunk object”), or a whole
 * completion, as far as we read it. Servers differ: what isn't as expected is left out, never a crash.
 */
import * as z from 'zod';

const count = z.number().nonnegative();
const optionalText = z.string().nullish().catch(undefined);

const toolCallSchema = z.object({
  index: z.number().nullish().catch(undefined),
  id: optionalText,
  function: z
    .object({
      name: optionalText,
      /** An object where a server forgot to make it text. */
      arguments: z
        .union([z.string(), z.record(z.string(), z.unknown())])
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
export type ToolCallDelta = z.infer<typeof toolCallSchema>;

/** Some servers send content as parts; those that are not text (reasoning) are left out. */
const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.string().catch(''), text: z.string().catch('') }))
    .transform((parts) => parts.map(({ type, text }) => (type === 'text' ? text : '')).join('')),
]);

const messageSchema = z.object({
  content: contentSchema.nullish().catch(undefined),
  refusal: optionalText,
  tool_calls: z.array(toolCallSchema).nullish().catch(undefined),
});

const choiceSchema = z.object({
  /** In a chunk. */
  delta: messageSchema.nullish().catch(undefined),
  /** In a whole completion, from a server that does not stream. */
  message: messageSchema.nullish().catch(undefined),
  finish_reason: optionalText,
});

export const chunkSchema = z.object({
  choices: z.array(choiceSchema).catch([]),
  usage: z
    .object({ prompt_tokens: count, completion_tokens: count.catch(0) })
    .nullish()
    .catch(undefined),
});
