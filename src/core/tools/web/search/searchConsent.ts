import { visibleJson } from '../../../common/visibleJson';
import { denial } from '../../denial';
import type { ToolContext } from '../../tool';

/**
 * A person's word on the searches of one run. A query can carry out what was read, so that after that nothing is
 * searched before they were asked; once, as a run of any depth makes dozens of queries.
 */
export class SearchConsent {
  #answer: Promise<string | undefined> | undefined;

  /** @returns what the model is told where they do not allow it */
  async ask(tool: string, query: string, context: ToolContext): Promise<string | undefined> {
    const { read } = context.exposure;
    if (read === undefined) return undefined;
    this.#answer ??= put(tool, query, read, context);
    try {
      return await this.#answer;
    } catch (error) {
      // The task that asked was called off; the next one asks anew.
      this.#answer = undefined;
      throw error;
    }
  }
}

async function put(
  tool: string,
  query: string,
  read: string,
  { approve }: ToolContext,
): Promise<string | undefined> {
  const { approved, reason } = await approve({
    what: 'tool',
    command: `${tool} ${visibleJson({ query })}`,
    code: null,
    reasons: [
      `This run has read what others wrote (${read}): a query can carry it to whoever is asked.`,
      'Your answer holds for all searches of this run.',
    ],
  });
  if (approved) return undefined;
  return denial('The user does not allow searches in this run.', reason, 'Do not search again.');
}
