/** Does one task of the extractive planner (or anyone's) with a few tool calls, and says what was found. */
import { ok, type Result } from '../../common/result';
import type { Passage, WorkspaceSearch } from '../../ports';
import type { Evidence } from '../../tools/evidence';
import type { ToolResult } from '../../tools/tool';
import type { Executor, ExecutorInput } from '../roles';
import { coverage, indexUnits, termWeights } from './lexicon';
import { analyseQuestion } from './questionType';
import { quote } from './quote';
import { readingOf } from './reading';
import { parseTask } from './taskKinds';
import { unitsOf } from './units';

export interface ExtractiveExecutorOptions {
  /** Undefined with no folder open: tasks then say so. */
  readonly search: WorkspaceSearch | undefined;
}

/** Passages that a second hop reads. */
const MOST_READS = 2;
/** Of the weight of the question's terms: one unit with more than this needs no second hop. */
const ENOUGH = 0.95;

export function createExtractiveExecutor({ search }: ExtractiveExecutorOptions): Executor {
  return { id: 'extractive', callsOwnToolsOnly: true, execute: (input) => execute(input, search) };
}

async function execute(input: ExecutorInput, search: WorkspaceSearch | undefined): Promise<Result<string>> {
  const task = parseTask(input.task.description);
  switch (task.kind) {
    case 'search':
      return ok(describeFound(await input.call('search_workspace', { query: task.query }), task.query));
    case 'read':
      return ok(describeFound(await readWhole(task.path, input), input.question));
    case 'calculate':
      return ok(textOf(await input.call('calculate', { expression: task.expression })));
    case 'list':
      return ok(textOf(await input.call('list_files', { glob: task.glob })));
    case 'follow':
      return ok(await follow(input, search));
  }
}

/** What is no text is read as a document. */
async function readWhole(path: string, input: ExecutorInput): Promise<ToolResult> {
  const file = await input.call('read_file', { path });
  if (file.ok) return file;
  const document = await input.call('read_document', { path });
  return document.ok ? document : file;
}

const textOf = ({ ok: done, content, preview }: ToolResult): string =>
  done ? content : `Failed: ${preview}`;

/** Reads what the passages found so far lead to: by links, by titles and names they mention. */
async function follow(input: ExecutorInput, search: WorkspaceSearch | undefined): Promise<string> {
  const known = closestFirst(
    input.question,
    input.dependencies.flatMap(({ evidence }) => evidence),
  );
  if (search === undefined || known.length === 0) return 'There was nothing to follow.';
  if ((byUnit(input.question, known)[0]?.cover ?? 0) > ENOUGH)
    return 'What was found already covers the question.';
  const related = await search.related(known.slice(0, 4).map(passageOf), {
    question: input.question,
    limit: MOST_READS + known.length,
    signal: input.signal,
  });
  const fresh = related.filter((hit) => !known.some((item) => overlaps(item, hit))).slice(0, MOST_READS);
  if (fresh.length === 0) return 'What was found leads to nothing new.';
  const results = await Promise.all(
    fresh.map((hit) => {
      const { tool, args } = readingOf(hit);
      return input.call(tool, args);
    }),
  );
  const evidence = results.flatMap((result) => result.evidence ?? []);
  if (evidence.length === 0) return 'What was found leads to nothing that can be read.';
  return `Followed to ${sourcesIn(evidence)}. ${closest(input.question, evidence)}`;
}

/** Evidence whose best unit has more of the question's terms first. */
function closestFirst(question: string, evidence: readonly Evidence[]): Evidence[] {
  const best = new Map(
    byUnit(question, evidence)
      .map(({ unit, cover }) => [unit.evidence.id, cover] as const)
      .reverse(),
  );
  return [...evidence]
    .filter(({ locator }) => locator.kind !== 'output')
    .sort((a, b) => (best.get(b.id) ?? 0) - (best.get(a.id) ?? 0));
}

function byUnit(text: string, evidence: readonly Evidence[]) {
  const question = analyseQuestion(text);
  const units = indexUnits(unitsOf(evidence));
  const weights = termWeights(question, units);
  return units
    .map(({ unit, own, around }) => ({
      unit,
      cover: coverage(question.terms, weights, (term) => (own.has(term) ? 1 : around.has(term) ? 0.5 : 0)),
    }))
    .sort((a, b) => b.cover - a.cover);
}

const passageOf = ({ source, title, locator, text }: Evidence): Passage => ({
  path: source,
  title,
  startLine: locator.kind === 'lines' ? locator.start : 1,
  endLine: locator.kind === 'lines' ? locator.end : 1,
  text,
  ...(locator.kind === 'lines' ? {} : { locator }),
});

/** A passage without lines is known by its words. */
const overlaps = ({ source, locator, text }: Evidence, hit: Passage): boolean =>
  source === hit.path &&
  (locator.kind === 'lines' && hit.locator === undefined
    ? locator.start <= hit.startLine && hit.endLine <= locator.end
    : text.includes(hit.text));

function describeFound(result: ToolResult, query: string): string {
  if (!result.ok) return `Failed: ${result.preview}`;
  const evidence = result.evidence ?? [];
  if (evidence.length === 0) return `Nothing was found for “${query}”.`;
  const count = `${evidence.length} ${evidence.length === 1 ? 'passage' : 'passages'}`;
  return `Found ${count} in ${sourcesIn(evidence)}. ${closest(query, evidence)}`;
}

function closest(question: string, evidence: readonly Evidence[]): string {
  const [best] = byUnit(question, evidence);
  return best === undefined ? '' : `Closest: ${quote(best.unit)}`;
}

function sourcesIn(evidence: readonly Evidence[]): string {
  const sources = [...new Set(evidence.map(({ source }) => source))];
  const shown = sources.slice(0, 3).join(', ');
  return sources.length > 3 ? `${shown} and ${sources.length - 3} more` : shown;
}
