import * as z from 'zod';
import { oneLine } from '../common/oneLine';
import type { Passage, WorkspaceSearch } from '../ports';
import { type Evidence, formatSource } from './evidence';
import { twoHop } from './twoHop';
import { defineTool, failure, type Tool } from './tool';

const HITS = 8;

/** `search_workspace{query}`: passages of the workspace's files, each of them evidence. */
export function searchWorkspaceTool(search: WorkspaceSearch): Tool {
  return defineTool({
    name: 'search_workspace',
    description:
      "Searches the workspace's files by words and by meaning, and returns the passages that bear on the query, also " +
      'those one step away (linked, or about a name that was found). Ask in words, or give names and identifiers; a ' +
      'phrase in double quotes must match exactly. Cite a passage by its mark, e.g. [e1]; read_file, or read_document for ' +
      'PDF and Office files, shows what is around it.',
    parameters: z.object({ query: z.string().describe('A question or keywords') }),
    readOnly: true,
    async run({ query }, { signal, cite, output }) {
      if (query.trim() === '') return failure('The query is empty: give a question or keywords.');
      const onIndexing = (indexed: number, total: number) => output(indexingLine(indexed, total));
      const hits = await twoHop(search, query, { limit: HITS, signal, onIndexing });
      const evidence: Evidence[] = [];
      for (const { path, title, text, ...place } of hits) {
        evidence.push(await cite({ source: path, title, locator: locatorOf(place), text }));
      }
      const limits = (await search.limits?.()) ?? [];
      if (evidence.length === 0) {
        const content = `No passage in the workspace matches: ${oneLine(query, 300)}. Try other words, or list_files to see what there is.`;
        return { ok: true, content: [content, ...limits].join('\n'), preview: 'No match', evidence };
      }
      const files = new Set(hits.map(({ path }) => path)).size;
      return {
        ok: true,
        content: [...evidence.map(describeEvidence), ...limits].join('\n\n'),
        preview: `${evidence.length} ${evidence.length === 1 ? 'passage' : 'passages'} in ${files} ${files === 1 ? 'file' : 'files'}`,
        evidence,
      };
    },
  });
}

const indexingLine = (indexed: number, total: number): string =>
  `Indexing the folder: ${indexed.toLocaleString('en')} of ${total.toLocaleString('en')} files\n`;

const locatorOf = ({ locator, startLine, endLine }: Pick<Passage, 'locator' | 'startLine' | 'endLine'>) =>
  locator ?? ({ kind: 'lines', start: startLine, end: endLine } as const);

/** `[e1] notes/a.md:12-15 — Instruments › Winch` and the text below it. */
export const describeEvidence = ({ id, source, locator, title, text }: Evidence): string =>
  `[${id}] ${formatSource(source, locator)} — ${title}\n${text}`;
