import { orAbort } from '../../../common/abort';
import { visibleJson } from '../../../common/visibleJson';
import { denial } from '../../denial';
import type { ApprovalRequest, ToolContext } from '../../tool';

/**
 * A person's word on the searches of one run. A query can carry out what was read, so that after that each one is asked
 * about, with its very words: what was approved says nothing of the next. They may approve all at once, as a run of any
 * depth makes dozens of queries; a denial holds for all, so that nobody is asked until they give in.
 */
export class SearchConsent {
  readonly #approved = new Set<string>();
  #all = false;
  /** What the model is told once they have denied one. */
  #denial: string | undefined;
  /** Resolves when those who came before are answered, or were called off. */
  #before: Promise<void> = Promise.resolve();

  /** @returns what the model is told where they do not allow it */
  async ask(tool: string, query: string, context: ToolContext): Promise<string | undefined> {
    const { exposure, signal } = context;
    if (exposure.read === undefined) return undefined;
    const before = this.#before;
    const asked = orAbort(before, signal).then(() => this.#put(tool, query, context));
    this.#before = Promise.allSettled([before, asked]).then(() => undefined);
    return asked;
  }

  async #put(tool: string, query: string, { exposure, approve }: ToolContext): Promise<string | undefined> {
    if (this.#denial !== undefined) return this.#denial;
    const { approved, reason, holdsFor } = await approve({
      what: 'tool',
      command: `${tool} ${visibleJson({ query })}`,
      code: null,
      reasons: [
        `This run has read what others wrote (${exposure.read}): a query can carry it to whoever is asked.`,
        'Approving allows this very query, on the web and among papers. Denying ends all searches of this run.',
      ],
      mayHoldFor: 'searches',
      ...this.#waiver(query),
    });
    if (!approved) {
      this.#denial = denial('The user does not allow searches in this run.', reason, 'Do not search again.');
      return this.#denial;
    }
    this.#approved.add(query);
    this.#all ||= holdsFor === 'searches';
    return undefined;
  }

  #waiver(query: string): Pick<ApprovalRequest, 'waiver'> {
    const isSame = this.#approved.has(query);
    if (!isSame && !this.#all) return {};
    const reason = isSame ? 'You approved this very query.' : 'You approved all searches of this run.';
    return { waiver: { reasons: [reason], byRule: false } };
  }
}
