import type { Secrets } from '../core/common/secrets';

/** What a command does its output with. */
export interface Host {
  /** The folder of the built program: workers and assets lie there. */
  readonly dist: string;
  readonly color: boolean;
  /** What stands in nothing that the program writes. */
  readonly secrets: Secrets;
  /** A person sits at the terminal. */
  readonly interactive: boolean;
  /** How a command of this program is typed here, e.g. `memento`. */
  readonly program: string;
  /** Standard output. */
  write(text: string): void;
  /** What the person at the terminal types: one line. Only where somebody is there. */
  ask(question: string): Promise<string>;
  /** One sentence on standard error. */
  complain(message: string): void;
}
