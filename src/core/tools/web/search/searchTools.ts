import * as z from 'zod';
import { count as counted } from '../../../common/count';
import type { Evidence } from '../../evidence';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from '../../tool';
import { SearchConsent } from './searchConsent';
import { answeredBy, evidenceText, heading, nobodyAnswered, nothingFound } from './describe';
import type { SearchResult } from './searchResult';
import type { Outcome, Searches } from './searches';

const RESULTS = 8;
const MOST_RESULTS = 20;
const MOST_CHARACTERS = 1_000;

const query = z.string();

/** Those of one run. */
export function searchTools(searches: Searches): readonly Tool[] {
  const consent = new SearchConsent();
  return [webSearchTool(searches, consent), searchPapersTool(searches, consent)];
}

/** `web_search{query,count?}`: results of the web, each of them evidence. */
export function webSearchTool(searches: Searches, consent = new SearchConsent()): Tool {
  return defineTool({
    name: 'web_search',
    description:
      'Searches the web and returns titles, addresses and short extracts. An extract may be cut, out of date or out of ' +
      'context: read the page with fetch_page before you rely on it. Give keywords or a short question; search again with ' +
      'other words where the results do not fit. Cite a result by its mark, e.g. [e1].',
    parameters: z.object({
      query: query.describe('Keywords or a short question'),
      count: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe(`How many results, ${RESULTS} unless told, at most ${MOST_RESULTS}`),
    }),
    readOnly: true,
    run: ({ query, count = RESULTS }, context) =>
      search(query, context, {
        consent: (text) => consent.ask('web_search', text, context),
        find: (text) => searches.web(text, Math.min(count, MOST_RESULTS), context.signal),
        advice: 'Try fewer or other words.',
      }),
  });
}

/** `search_papers{query}`: papers of arXiv, Semantic Scholar and OpenAlex, each of them evidence. */
export function searchPapersTool(searches: Searches, consent = new SearchConsent()): Tool {
  return defineTool({
    name: 'search_papers',
    description:
      'Searches arXiv, Semantic Scholar and OpenAlex for scientific papers and returns authors, year, venue, citation ' +
      'count, identifiers and abstract. Give keywords, a title, an author, a DOI or an arXiv identifier. An abstract is ' +
      'not the paper: read the PDF with read_document before you rely on details. Cite a paper by its mark, e.g. [e1].',
    parameters: z.object({
      query: query.describe('Keywords, a title, an author, a DOI or an arXiv identifier'),
    }),
    readOnly: true,
    run: ({ query }, context) =>
      search(query, context, {
        consent: (text) => consent.ask('search_papers', text, context),
        find: (text) => searches.papers(text, RESULTS, context.signal),
        advice: 'Try fewer words, or the words of the title.',
      }),
  });
}

interface Way {
  /** What the model is told where the person does not let it search. */
  readonly consent: (text: string) => Promise<string | undefined>;
  readonly find: (text: string) => Promise<Outcome>;
  /** For where nothing is found. */
  readonly advice: string;
}

async function search(query: string, { cite }: ToolContext, way: Way): Promise<ToolResult> {
  const text = query.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (text === '') return failure('The query is empty: give keywords or a question.');
  if (text.length > MOST_CHARACTERS) {
    return failure(
      `The query has ${text.length} characters, and ${MOST_CHARACTERS} are the most: give keywords.`,
    );
  }
  const refusal = await way.consent(text);
  if (refusal !== undefined) return failure(refusal, 'denied');
  const outcome = await way.find(text);
  const { results, answered } = outcome;
  if (answered.length === 0)
    return failure(nobodyAnswered(text, outcome), 'No search provider could be reached');
  if (results.length === 0) {
    return { ok: true, content: nothingFound(text, outcome, way.advice), preview: 'No result', evidence: [] };
  }
  const shown: string[] = [];
  const evidence: Evidence[] = [];
  for (const result of results) {
    const cited = await cite({
      source: result.url,
      title: result.title,
      locator: { kind: 'section', heading: result.paper && result.snippet !== '' ? 'Abstract' : '' },
      text: evidenceText(result),
      readAt: readAt(result, outcome),
    });
    evidence.push(cited);
    shown.push(describeResult(cited, result));
  }
  return {
    ok: true,
    content: [heading(text, outcome), ...shown].join('\n\n'),
    preview: `${counted(results.length, 'result')} from ${answeredBy(answered)}`,
    evidence,
  };
}

/** `[e1] https://example.org/a — Title (2024-05-03)` and the text below it. */
const describeResult = ({ id, source, title, text }: Evidence, { published, paper }: SearchResult): string =>
  `[${id}] ${source} — ${title}${published === undefined || paper ? '' : ` (${published})`}\n${text}`;

/** When the first provider that has it was asked; one of those that answered. */
const readAt = ({ providers: [first] }: SearchResult, { answered }: Outcome): number =>
  answered.find(({ name }) => name === first)?.at ?? 0;
