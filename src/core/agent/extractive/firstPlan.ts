/** The first plan: from the question's own parts, shaped by the best accepted case and what rejected ones warn of. */
import type { PlanTask } from '../../memory/case';
import type { ShownCase } from '../roles';
import { arithmeticIn } from './arithmetic';
import { analyseQuestion } from './questionType';
import { describe, parseTask, type TaskKind } from './taskKinds';

export interface Plan {
  readonly tasks: readonly PlanTask[];
  readonly usedCases: readonly string[];
}

/** A case this similar (0 to 1) lends the sources of its answer too. */
const SAME_SUBJECT = 0.5;
/** Files of an accepted case that are read again. */
const MOST_SOURCES = 2;

export function firstPlan(question: string, cases: readonly ShownCase[]): Plan {
  const own = ownTasks(question);
  const best = bestExample(cases);
  if (best === undefined || !own.some(({ kind }) => kind === 'search'))
    return { tasks: numbered(own), usedCases: [] };
  const avoided = new Set(avoidedSources(cases));
  const reads = sourcesOf(best)
    .filter((path) => !avoided.has(path))
    .slice(0, MOST_SOURCES)
    .map((path): TaskKind => ({ kind: 'read', path }));
  const kinds = new Set(best.case.plan.map((task) => parseTask(task.description).kind));
  const follows = kinds.size === 0 || kinds.has('follow') || best.case.plan.length > 1;
  const tasks = own.filter(({ kind }) => kind !== 'follow' || follows);
  return { tasks: numbered([...reads, ...tasks]), usedCases: [best.case.id] };
}

/** What the question itself asks to be done. */
function ownTasks(question: string): TaskKind[] {
  const expression = arithmeticIn(question);
  if (expression !== undefined) return [{ kind: 'calculate', expression }];
  const glob = globIn(question);
  if (glob !== undefined) return [{ kind: 'list', glob }];
  const { parts } = analyseQuestion(question);
  const searches = parts.map(({ text }): TaskKind => ({
    kind: 'search',
    query: text.replace(/[\s?？]+$/u, '') || text,
  }));
  return [...searches, { kind: 'follow' }];
}

/** Independent tasks first; following depends on the ones that find something. */
function numbered(kinds: readonly TaskKind[]): PlanTask[] {
  const found = kinds.flatMap(({ kind }, i) => (kind === 'search' || kind === 'read' ? [i + 1] : []));
  return kinds.map((kind, i) => ({
    id: i + 1,
    description: describe(kind),
    dependsOn: kind.kind === 'follow' ? found : [],
  }));
}

const bestExample = (cases: readonly ShownCase[]): ShownCase | undefined =>
  cases
    .filter(({ use, case: { reward } }) => use === 'example' && reward === 1)
    .sort((a, b) => b.similarity - a.similarity)[0];

/** Workspace files that an accepted answer to nearly this question stood on. */
function sourcesOf(shown: ShownCase): string[] {
  if (shown.similarity < SAME_SUBJECT) return [];
  return shown.case.provenance.sources
    .filter(({ source, hash }) => hash !== null && !source.includes('://'))
    .map(({ source }) => source);
}

/** Files that rejected cases warn of: those their reason names, or theirs where it calls them outdated or wrong. */
export function avoidedSources(cases: readonly ShownCase[]): string[] {
  return cases
    .filter(({ use }) => use === 'avoid')
    .flatMap(({ case: { reason, provenance } }) => {
      const text = reason?.toLowerCase() ?? '';
      const sources = provenance.sources.map(({ source }) => source);
      const named = text.match(/[\p{L}\p{N}_./-]+\.[a-z][a-z0-9]{0,7}\b/gu) ?? [];
      const matching = sources.filter((source) => named.some((name) => source.toLowerCase().endsWith(name)));
      if (named.length > 0) return [...named, ...matching];
      return /outdated|out of date|old version|superseded|obsolete|wrong (?:file|source|document)|veraltet/.test(
        text,
      )
        ? sources
        : [];
    });
}

/** `which files mention …` is a search; `which files are there`, `list the csv files` lists. */
export function globIn(question: string): string | undefined {
  const lower = question.toLowerCase();
  if (
    !/^\W*(?:please\s+)?(?:(?:list|show|name)\b.*\bfiles?\b|(?:which|what)\s+(?:\S+\s+){0,2}files?\s+(?:are|exist|do\b.*\bhave|does\b.*\bcontain\b)|how many\s+(?:\S+\s+){0,2}files?\b)/u.test(
      lower,
    )
  ) {
    return undefined;
  }
  if (/\b(?:mention|about|containing|that (?:contain|say|describe)|with the word)/u.test(lower))
    return undefined;
  const folder =
    /\b(?:in|under|inside)\s+(?:the\s+)?(?:folder\s+|directory\s+)?[`"']?([\p{L}\p{N}_-]+)[`"']?\s*\/?(?:\s+folder|\s+directory)?\s*\??$/u.exec(
      lower,
    )?.[1];
  const extension = EXTENSIONS.find(([pattern]) => pattern.test(lower))?.[1];
  const scope =
    folder === undefined || /^(?:workspace|project|repository|here|there|this)$/.test(folder)
      ? '**'
      : `${folder}/**`;
  return extension === undefined ? scope : `${scope}/*.${extension}`;
}

const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcsv\b/, 'csv'],
  [/\bmarkdown\b|\bmd\b/, 'md'],
  [/\bjson\b/, 'json'],
  [/\bpython\b|\.py\b/, 'py'],
  [/\btext files?\b|\btxt\b/, 'txt'],
  [/\bya?ml\b/, '{yaml,yml}'],
  [/\btypescript\b/, 'ts'],
];
