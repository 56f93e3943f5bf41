/** Decides about a command where it would run: what its text says, and what the folder and the user make of it. */
import type { ShellKind } from '../../common/quote';
import { messageOf } from '../../common/result';
import type { ShellParser } from '../../ports';
import type { CommandRule } from './commandRules';
import { ask, decideCommand, type CommandDecision } from './decideCommand';

/** What a host knows of the place where commands run. */
export interface CommandPlace {
  readonly parser: ShellParser;
  shell(): ShellKind;
  /** The user's own; a workspace has no say. */
  rules(): readonly CommandRule[];
  /** Whether what only reads runs without asking. */
  mayRead(): boolean;
  /** Settings of the repository around that could make git run something; undefined where git does not tell. */
  gitSettings(): Promise<readonly string[] | undefined>;
  /** Whether a path leads to a place in the folder, through all links; true of one that is not there. */
  isInside(path: string): Promise<boolean>;
  /** What a path is that is guarded, as written or behind all links; undefined for any other. */
  guardOf(path: string): Promise<string | undefined>;
  isFolder(path: string): Promise<boolean>;
  /** Why the names of programs may stand for files of the folder, in one sentence; undefined where they do not. */
  searchPathProblem(): Promise<string | undefined>;
}

export class CommandPolicy {
  readonly #place: CommandPlace;

  constructor(place: CommandPlace) {
    this.#place = place;
  }

  /** Never rejects: what cannot be found out asks. */
  async decide(command: string): Promise<CommandDecision> {
    try {
      return await this.#decide(command);
    } catch (error) {
      return ask(`The command could not be looked at: ${messageOf(error)}`);
    }
  }

  async #decide(command: string): Promise<CommandDecision> {
    const place = this.#place;
    const shell = place.shell();
    const decision = decideCommand(
      command,
      shell === 'posix' ? await place.parser.parse(command) : undefined,
      {
        shell,
        rules: place.rules(),
        mayRead: place.mayRead(),
        gitSettings: command.includes('git') ? await place.gitSettings() : undefined,
      },
    );
    if (decision.verdict !== 'auto') return decision;
    const problem = decision.programs.length > 0 ? await place.searchPathProblem() : undefined;
    if (problem !== undefined) return ask(problem);
    for (const read of decision.reads) {
      if (!(await place.isInside(read))) return ask(`“${read}” leads out of the workspace.`);
    }
    for (const named of decision.named) {
      const guard = await place.guardOf(named);
      if (guard !== undefined) return ask(`“${named}” is guarded, whatever rules say: ${guard}.`);
    }
    for (const file of decision.files) {
      if (await place.isFolder(file)) return ask(`“${file}” is a folder, and links in it would be followed.`);
    }
    return decision;
  }
}
