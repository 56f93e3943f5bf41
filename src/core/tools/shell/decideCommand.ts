/** Whether a command runs without asking: only if each of its programs is known to do nothing but read. */
import type { SyntaxNode } from '../../ports';
import type { ShellKind } from '../../common/quote';
import { programRule } from './programs';
import { matchingRule, type CommandRule } from './commandRules';
import { simpleCommands, type SimpleCommand } from './simpleCommands';

export interface CommandDecision {
  readonly verdict: 'auto' | 'ask' | 'block';
  readonly reasons: readonly string[];
  /** What is read, as written, where it is `auto`: for the check against the workspace's real paths. */
  readonly reads: readonly string[];
  /** What may be paths in the parts that a rule of the user allows: for the check of guarded ones. */
  readonly named: readonly string[];
  /** Of these the ones that must be no folders. */
  readonly files: readonly string[];
  /** Programs that are known by their names alone, where it is `auto`: for the check of what these names stand for. */
  readonly programs: readonly string[];
  /** A rule of the user allows a part of it. */
  readonly byRule: boolean;
}

export interface CommandSituation {
  readonly shell: ShellKind;
  /** The user's own rules; never a workspace's. */
  readonly rules: readonly CommandRule[];
  /** What only reads runs without asking; else rules alone decide. */
  readonly mayRead: boolean;
  /** Settings of the repository that could make git run something; undefined where they are not known. */
  readonly gitSettings: readonly string[] | undefined;
}

/** @param tree of the command, undefined where it could not be parsed */
export function decideCommand(
  command: string,
  tree: SyntaxNode | undefined,
  situation: CommandSituation,
): CommandDecision {
  if (situation.shell !== 'posix') return ask('Commands of PowerShell and cmd always ask.');
  const commands = simpleCommands(command, tree);
  if (!commands.ok) return ask(commands.fault.message);
  const parts = commands.value.map((part) => decidePart(part, situation));
  const refusals = parts.flatMap((part) => (typeof part === 'string' ? [part] : []));
  if (refusals.length > 0) return ask(...refusals);
  const allowed = parts.filter((part) => typeof part !== 'string');
  const byRule = allowed.some(({ program }) => program === undefined);
  const mover = commands.value.find(({ argv }) => MOVERS.has(argv[0] ?? ''));
  if (byRule && commands.value.length > 1 && mover)
    return ask(`After “${mover.text}” paths lead elsewhere than the text says.`);
  return {
    verdict: 'auto',
    reasons: [...new Set(allowed.map(({ reason }) => reason))],
    reads: allowed.flatMap(({ reads }) => reads),
    files: allowed.flatMap(({ files = [] }) => files),
    programs: [...new Set(allowed.flatMap(({ program }) => program ?? []))],
    named: allowed.flatMap(({ named = [] }) => named),
    byRule,
  };
}

interface Allowed {
  readonly reason: string;
  readonly reads: readonly string[];
  readonly named?: readonly string[];
  readonly files?: readonly string[] | undefined;
  /** Undefined where a rule of the user allows it. */
  readonly program?: string;
}

function decidePart({ argv, text }: SimpleCommand, situation: CommandSituation): Allowed | string {
  const rule = matchingRule(argv, situation.rules);
  if (rule?.verdict === 'ask') return `Your rule “${rule.text}” asks for “${text}”.`;
  if (rule && writesGitConfig(argv)) return `“${text}” may change what git runs.`;
  if (rule)
    return {
      reason: `Your rule “${rule.text}” allows “${text}”.`,
      reads: [],
      named: argv.slice(1).flatMap(pathsIn),
    };
  const [program = '', ...args] = argv;
  const known = programRule(program);
  if (!known) return `“${program}” is not known to only read.`;
  if (!situation.mayRead) return `No rule of yours allows “${text}”.`;
  const found = known(args);
  if (typeof found === 'string') return `“${text}”: ${found}.`;
  const outside = found.reads.find(leavesFolder);
  if (outside !== undefined) return `“${text}” reads “${outside}”, which may be outside the workspace.`;
  if (found.asksGit) {
    const settings = situation.gitSettings;
    if (!settings) return `“${text}”: what the repository's configuration makes git do is not known.`;
    const [first] = settings;
    if (first !== undefined)
      return `“${text}”: the repository's setting ${first} can make git run a program.`;
  }
  return { reason: `“${program}” only reads here.`, reads: found.reads, files: found.files, program };
}

/** By its text alone; links are followed where it is run. */
const leavesFolder = (path: string) => /^(?:[~/]|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)/.test(path);

/** What changes the folder that the rest of a line runs in. */
const MOVERS: ReadonlySet<string> = new Set(['cd', 'chdir', 'pushd', 'popd', 'z']);

/** git's commands that write its configuration; their files are not named. */
const GIT_SETTERS: ReadonlySet<string> = new Set(['config', 'init', 'maintenance', 'remote', 'submodule']);

const writesGitConfig = (argv: readonly string[]): boolean =>
  /(?:^|\/)git(?:\.exe)?$/.test(argv[0] ?? '') && argv.some((word) => GIT_SETTERS.has(word));

/** An argument, what follows its `=`, and what is glued to a short option: any of them may be a path. */
const pathsIn = (word: string): readonly string[] =>
  [word, word.slice(word.indexOf('=') + 1), /^-\w/.test(word) ? word.slice(2) : ''].filter(
    (each, index, all) => each !== '' && all.indexOf(each) === index,
  );

export const ask = (...reasons: readonly string[]): CommandDecision => ({
  verdict: 'ask',
  reasons,
  reads: [],
  named: [],
  files: [],
  programs: [],
  byRule: false,
});
