/** What tasks found, as far as a prompt has room for it. */
import { fenced } from '../../common/fence';
import type { TokenCounter } from '../../ports';
import type { Evidence } from '../../tools/evidence';
import type { TaskRecord } from '../roles';
import { evidenceLine } from './history';
import { cutToTokens } from './room';

/** Of the room, for what the executors wrote; the rest is for the evidence. */
const RESULTS = 0.4;
/** Tokens of evidence that help, however much room there is. */
const MOST_EVIDENCE = 12_000;
/** Of the room for evidence, for that of which only a line is shown. */
const LINES = 0.2;
/** Less of a text than this many tokens says nothing. */
const LEAST = 50;

export interface ResultsOptions {
  /** Evidence from before the tasks. */
  readonly known?: readonly Evidence[];
  /**
   * `cited`: of what no result cites there is a line each, for whoever goes on from the results. Where they cite nothing at
   * all, there is nothing to go by, and all of it is shown.
   */
  readonly whole?: 'all' | 'cited';
}

/**
 * '' with nothing.
 * @param tokens for all of it
 */
export async function resultsText(
  records: readonly TaskRecord[],
  tokens: number,
  counter: TokenCounter,
  { known = [], whole = 'all' }: ResultsOptions = {},
): Promise<string> {
  const all = [...known, ...records.flatMap((record) => record.evidence)];
  if (records.length === 0 && all.length === 0) return '';
  const results = await newestFirst(records, tokens * RESULTS, counter);
  const evidence = [...new Map(all.map((e) => [e.id, e])).values()];
  const room = Math.min(MOST_EVIDENCE, tokens * (1 - RESULTS));
  const cited = new Set(records.flatMap(({ result }) => result.match(/\be\d+\b/g) ?? []));
  const isWhole = ({ id }: Evidence) => whole === 'all' || cited.size === 0 || cited.has(id);
  const told = await evidenceText(evidence, { cited, isWhole }, room, counter);
  return `Results so far:\n${results.join('\n') || '(none)'}${told}`;
}

/** Each result whole while there is room, the newest ones first; of the others the beginning. */
async function newestFirst(
  records: readonly TaskRecord[],
  tokens: number,
  counter: TokenCounter,
): Promise<readonly string[]> {
  const blocks: string[] = [];
  let left = tokens;
  for (const [i, { task, status, result }] of [...records.entries()].reverse()) {
    const text = await cutToTokens(result, Math.max(left / 2, tokens / 10 / (i + 1), LEAST), counter, 0.8);
    left = Math.max(0, left - (await counter.count(text)));
    blocks.unshift(fenced('result', { task: task.id, status }, `${task.description}\n→ ${text}`));
  }
  return blocks;
}

/**
 * What the results cite comes first, then the newest. What has no room has a line, and what has no room for one is told
 * by its id: nothing that was cited goes unsaid.
 */
async function evidenceText(
  evidence: readonly Evidence[],
  { cited, isWhole }: { readonly cited: ReadonlySet<string>; readonly isWhole: (each: Evidence) => boolean },
  tokens: number,
  counter: TokenCounter,
): Promise<string> {
  if (evidence.length === 0) return '';
  const byWorth = [
    ...evidence.filter(({ id }) => cited.has(id)),
    ...evidence.filter(({ id }) => !cited.has(id)).reverse(),
  ];
  const blocks = new Map<string, string>();
  let [whole, lines] = [tokens * (1 - LINES), tokens * LINES];
  const unsaid: string[] = [];
  for (const each of byWorth) {
    const { id, source, text } = each;
    const shown = whole < LEAST || !isWhole(each) ? undefined : await cutToTokens(text, whole, counter, 1);
    if (shown !== undefined) {
      whole -= await counter.count(shown);
      const cut = shown === text ? '' : ` … (cut; the rest is in ${source})`;
      blocks.set(id, fenced('evidence', { id, source }, shown + cut));
      continue;
    }
    const line = evidenceLine(each);
    lines -= await counter.count(line);
    if (lines >= 0) blocks.set(id, line);
    else unsaid.push(id);
  }
  const shown = evidence.flatMap(({ id }) => blocks.get(id) ?? []);
  const rest = unsaid.length === 0 ? '' : `\n(${unsaid.length} more without room here: ${idsOf(unsaid)})`;
  return `\nEvidence:\n${shown.join('\n')}${rest}`;
}

const MOST_IDS = 40;

const idsOf = (ids: readonly string[]): string =>
  ids.length <= MOST_IDS ? ids.join(', ') : `${ids.slice(0, MOST_IDS).join(', ')} …`;
