import { parseArgs } from 'node:util';
import type { RunFormat } from '../core/export/exportedRun';
import type { PolicyName } from '../core/memory/retrieved';
import type { ExportFormat } from '../core/memory/transfer/formats';
import type { Permissions } from '../library/nodePorts';
import { EVAL_OPTIONS, evalWords, type EvalWords } from './eval/command';
import { countOf, formatOf, jsonOf, originsOf, policyOf, runFormatOf, UsageError } from './values';

export type { Permissions } from '../library/nodePorts';

export interface Place {
  readonly workspace: string | undefined;
  readonly storage: string | undefined;
  readonly json: boolean;
}

export type Command =
  | { readonly name: 'help' }
  | (Permissions & { readonly name: 'explain'; readonly url: string })
  | (Place & Permissions & { readonly name: 'explain'; readonly command: string })
  | (Place &
      Permissions & {
        readonly name: 'research';
        readonly question: string;
        readonly policy: PolicyName | undefined;
        readonly k: number | undefined;
        readonly verdict: 'accept' | 'reject' | undefined;
        readonly reason: string | undefined;
        readonly lessons: boolean;
        readonly reuse: boolean;
        readonly yes: boolean;
      })
  | (Place & {
      readonly name: 'feedback';
      readonly runId: string;
      readonly verdict: 'accept' | 'reject' | 'withdraw';
      readonly reason: string | undefined;
      readonly lessons: boolean;
    })
  | (Place & {
      readonly name: 'cases';
      readonly action: (typeof ACTIONS)[number];
      readonly argument: string;
      /** Of `edit`. */
      readonly file: string | undefined;
    })
  | (Place & {
      readonly name: 'cases';
      readonly action: 'import';
      readonly file: string;
      readonly dryRun: boolean;
    })
  | (Place & {
      readonly name: 'cases';
      readonly action: 'export';
      readonly file: string;
      readonly format: ExportFormat;
    })
  | (Place & {
      readonly name: 'runs';
      readonly action: 'list';
    })
  | (Place & {
      readonly name: 'runs';
      readonly action: 'export';
      readonly runId: string;
      /** Undefined: standard output. */
      readonly file: string | undefined;
      readonly format: RunFormat;
    })
  | (Place & { readonly name: 'memory' })
  | (Place & Permissions & EvalWords & { readonly name: 'eval' })
  | (Place & { readonly name: 'mcp' })
  | (Place & { readonly name: 'test-model' })
  | (Place &
      Permissions & {
        readonly name: 'tool';
        readonly tool: string;
        readonly args: unknown;
        readonly yes: boolean;
      });

export type EvalCommand = Extract<Command, { name: 'eval' }>;

/** The command that the words name. Throws a UsageError. */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = split(words);
  const [name, ...rest] = positionals;
  if (values.help || name === 'help' || (name === undefined && words.length === 0)) return { name: 'help' };
  const place: Place = { workspace: values.workspace, storage: values.storage, json: values.json };
  const allow = (...options: readonly string[]) => refuseOthers(values, name ?? '', options);
  switch (name) {
    case 'research':
      allow('policy', 'k', 'accept', 'reject', 'reason', 'lessons', 'reuse', 'yes', ...PERMISSIONS);
      if (rest.length !== 1) throw new UsageError('research takes one question, in quotation marks.');
      if (values.accept && values.reject) throw new UsageError('--accept and --reject exclude each other.');
      if (values.lessons && !values.accept && !values.reject) {
        throw new UsageError('--lessons goes with --accept or --reject: lessons are of what you judged.');
      }
      return {
        ...place,
        name,
        question: rest[0] ?? '',
        policy: policyOf(values.policy),
        k: values.k === undefined ? undefined : countOf(values.k),
        verdict: values.accept ? 'accept' : values.reject ? 'reject' : undefined,
        reason: values.reason,
        lessons: values.lessons,
        reuse: values.reuse,
        yes: values.yes,
        ...permissionsOf(values),
      };
    case 'feedback': {
      allow('reason', 'lessons');
      const [runId, verdict] = rest;
      if (runId === undefined || rest.length !== 2 || !isVerdict(verdict)) {
        throw new UsageError('feedback takes a run id and accept, reject or withdraw.');
      }
      return { ...place, name, runId, verdict, reason: values.reason, lessons: values.lessons };
    }
    case 'cases': {
      if (rest[0] === 'import' || rest[0] === 'export') return transferOf(rest, values, place, allow);
      allow();
      const [action = 'list', ...words] = rest;
      if (!isAction(action))
        throw new UsageError(`cases has no “${action}”: use ${ACTIONS.join(', ')}, import or export.`);
      const file = action === 'edit' ? words.splice(1, 1)[0] : undefined;
      const argument = words.join(' ');
      if (argument === '' && action !== 'list' && action !== 'forgotten')
        throw new UsageError(`cases ${action} takes ${action === 'search' ? 'a text' : 'a case id'}.`);
      return { ...place, name, action, argument, file };
    }
    case 'runs':
      return runsOf(rest, values, place, allow);
    case 'memory':
      allow();
      if (rest.join(' ') !== 'report') throw new UsageError('memory takes report.');
      return { ...place, name };
    case 'eval':
      allow(...Object.keys(EVAL_OPTIONS), 'k', 'yes', ...PERMISSIONS);
      if (place.storage !== undefined)
        throw new UsageError(
          'eval has memories of its own: --out says where, and --cases what they begin with.',
        );
      return { ...place, name, ...evalWords(rest, values), ...permissionsOf(values) };
    case 'mcp':
      allow();
      if (rest.length > 0 || place.json) throw new UsageError('mcp takes --workspace and --storage only.');
      return { ...place, name };
    case 'test-model':
      allow();
      if (rest.length > 0)
        throw new UsageError('test-model takes no words: the environment names the models.');
      return { ...place, name };
    case 'tool': {
      allow('yes', ...PERMISSIONS);
      const [tool, args = '{}'] = rest;
      if (tool === undefined || rest.length > 2)
        throw new UsageError('tool takes a name and its arguments as JSON.');
      return {
        ...place,
        name,
        tool,
        args: jsonOf(args),
        yes: values.yes,
        ...permissionsOf(values),
      };
    }
    case 'explain': {
      const [what, text] = rest;
      if (text === undefined || rest.length !== 2 || (what !== 'url' && what !== 'command'))
        throw new UsageError(
          'explain takes url or command, and a web address or a command in quotation marks.',
        );
      allow(what === 'url' ? 'allow-origin' : 'allow-command');
      return what === 'url'
        ? { name, url: text, ...permissionsOf(values) }
        : { ...place, name, command: text, ...permissionsOf(values) };
    }
    default:
      throw new UsageError(`There is no command “${name ?? words.join(' ')}”.`);
  }
}

const OPTIONS = {
  workspace: { type: 'string' },
  storage: { type: 'string' },
  policy: { type: 'string' },
  k: { type: 'string' },
  reason: { type: 'string' },
  accept: { type: 'boolean', default: false },
  reject: { type: 'boolean', default: false },
  format: { type: 'string' },
  lessons: { type: 'boolean', default: false },
  reuse: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'allow-origin': { type: 'string', multiple: true },
  'allow-command': { type: 'string', multiple: true },
  'ignore-robots': { type: 'string', multiple: true },
  ...EVAL_OPTIONS,
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function split(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const EVERYWHERE = ['workspace', 'storage', 'json', 'help'];

function refuseOthers(
  values: Readonly<Record<string, unknown>>,
  command: string,
  options: readonly string[],
): void {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== false);
  const wrong = given.find(([option]) => !EVERYWHERE.includes(option) && !options.includes(option));
  if (wrong) throw new UsageError(`${command} takes no --${wrong[0]}.`);
}

function transferOf(
  [action, file, ...others]: readonly string[],
  values: ReturnType<typeof split>['values'],
  place: Place,
  allow: (...options: readonly string[]) => void,
): Command {
  allow(action === 'import' ? 'dry-run' : 'format');
  if (file === undefined || others.length > 0) throw new UsageError(`cases ${action ?? ''} takes one file.`);
  return action === 'import'
    ? { ...place, name: 'cases', action, file, dryRun: values['dry-run'] }
    : { ...place, name: 'cases', action: 'export', file, format: formatOf(values.format) };
}

function runsOf(
  [action = 'list', runId, file, ...others]: readonly string[],
  values: ReturnType<typeof split>['values'],
  place: Place,
  allow: (...options: readonly string[]) => void,
): Command {
  if (action === 'list') {
    allow();
    if (runId !== undefined) throw new UsageError('runs list takes nothing more.');
    return { ...place, name: 'runs', action };
  }
  if (action !== 'export') throw new UsageError(`runs has no “${action}”: use list or export.`);
  allow('format');
  if (runId === undefined || others.length > 0)
    throw new UsageError('runs export takes a run id and a file.');
  if (place.json) throw new UsageError('runs export takes --format json, not --json.');
  return { ...place, name: 'runs', action, runId, file, format: runFormatOf(values.format, file) };
}

const PERMISSIONS = ['allow-origin', 'ignore-robots', 'allow-command'] as const;

const permissionsOf = (
  values: Pick<ReturnType<typeof split>['values'], (typeof PERMISSIONS)[number]>,
): Permissions => ({
  allowedOrigins: originsOf(values['allow-origin']),
  ignoreRobots: values['ignore-robots'] ?? [],
  commandRules: (values['allow-command'] ?? []).map((text) => ({ text, verdict: 'auto' })),
});

const isVerdict = (text: string | undefined): text is 'accept' | 'reject' | 'withdraw' =>
  text === 'accept' || text === 'reject' || text === 'withdraw';

const ACTIONS = [
  ...(['list', 'show', 'search', 'pin', 'unpin', 'edit'] as const),
  ...(['forget', 'forgotten', 'restore'] as const),
] as const;
const isAction = (text: string): text is (typeof ACTIONS)[number] =>
  ACTIONS.some((action) => action === text);
