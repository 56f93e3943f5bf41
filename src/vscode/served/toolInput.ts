/** What the tools take. VS Code checks it against the manifest's schemas in some places only, so it is checked here. */
import * as z from 'zod';
import { LONGEST_QUESTION } from '../../core/served/answer';
import { DEFAULT_CASES, LONGEST_QUERY, MOST_CASES } from '../../core/served/cases';

export const SEARCH_INPUT = z.object({
  query: z.string().trim().min(1).max(LONGEST_QUERY),
  limit: z.int().min(1).max(MOST_CASES).default(DEFAULT_CASES),
});

export const RESEARCH_INPUT = z.object({ question: z.string().trim().min(1).max(LONGEST_QUESTION) });

export const FEEDBACK_INPUT = z.object({
  runId: z.string().trim().min(1).max(100),
  verdict: z.enum(['accept', 'reject']),
  reason: z.string().max(2_000).optional(),
});

/** Throws, as VS Code has it, an error whose message tells the model what to mend. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(`The input is not as it has to be.\n${z.prettifyError(parsed.error)}`);
}
