/** Search in the workspace that finds definitions first, where the editor knows them. */
import { messageOf } from '../common/result';
import type {
  CodeSymbol,
  Files,
  Logger,
  SearchHit,
  SearchOptions,
  SymbolSearch,
  WorkspaceSearch,
} from '../ports';
import { identifiersIn } from './search/identifiers';
import { linesOf, sliceLines } from './search/lines';

/** Definitions that come before the passages. */
const MOST = 3;
/** Lines of a definition that are shown; what is longer is read with read_file. */
const MOST_LINES = 60;

export interface SymbolParts {
  readonly symbols: SymbolSearch;
  /** A definition is only shown of a file that may be read. */
  readonly files: Files;
  readonly logger: Logger;
}

/** Where a query names something of code, its definitions come first, with their exact lines. */
export function withSymbols(search: WorkspaceSearch, parts: SymbolParts): WorkspaceSearch {
  return {
    search: async (query, options) => {
      const [definitions, passages] = await Promise.all([
        definitionsOf(query, options, parts),
        search.search(query, options),
      ]);
      const best = passages[0]?.score ?? 0;
      const first = definitions.map((hit) => ({ ...hit, score: best + 1 }));
      const others = passages.filter((passage) => !first.some((hit) => contains(hit, passage)));
      return [...first, ...others].slice(0, options.limit);
    },
    related: (passages, options) => search.related(passages, options),
    limits: async () => (await search.limits?.()) ?? [],
  };
}

async function definitionsOf(
  query: string,
  { signal }: SearchOptions,
  { symbols, files, logger }: SymbolParts,
): Promise<SearchHit[]> {
  const options = { limit: MOST, ...(signal ? { signal } : {}) };
  try {
    const found = await Promise.all(identifiersIn(query).map((name) => symbols.find(name, options)));
    const hits = await Promise.all(
      found
        .flat()
        .slice(0, MOST)
        .map((symbol) => hitOf(symbol, files, signal)),
    );
    return hits.filter((hit) => hit !== undefined);
  } catch (error) {
    signal?.throwIfAborted();
    logger.warn(`The editor's symbols could not be asked for: ${messageOf(error)}`);
    return [];
  }
}

async function hitOf(
  { path, name, container, kind, startLine, endLine }: CodeSymbol,
  files: Files,
  signal: AbortSignal | undefined,
): Promise<SearchHit | undefined> {
  const read = await files.read(path, signal);
  if (!read.ok) return undefined;
  const lines = linesOf(read.value);
  const last = Math.min(endLine, startLine + MOST_LINES - 1, lines.length);
  if (startLine < 1 || startLine > last) return undefined;
  return {
    path,
    title: [container, `${kind} ${name}`].filter((part) => part !== '').join(' › '),
    startLine,
    endLine: last,
    text: sliceLines(read.value, lines, startLine - 1, last - 1),
    score: 0,
    cosine: undefined,
  };
}

const contains = (hit: SearchHit, passage: SearchHit): boolean =>
  hit.path === passage.path && hit.startLine <= passage.startLine && passage.endLine <= hit.endLine;
