/** arXiv: https://info.arxiv.org/help/api/user-manual.html, and its terms: https://info.arxiv.org/help/api/tou.html. */
import * as z from 'zod';
import { failed, ok, type Result } from '../../../../common/result';
import { STOP_WORDS } from '../../../../common/text';
import { paperResult, readArxivId } from '../paper';
import { cleanText, decodeReferences, shortened } from '../plainText';
import { readResults, text, type Provider } from '../provider';
import type { HostOptions } from '../searchConfig';
import type { SearchResult } from '../searchResult';

/** Of a query, words: each makes the list shorter. */
const MOST_TERMS = 12;

/** Of elements that may occur once or often. */
const many = z
  .unknown()
  .optional()
  .transform((value): readonly unknown[] => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter((one) => one !== undefined);
  });
const author = z.object({ name: z.string() });
const link = z.object({ '@href': z.string(), '@title': text, '@type': text });
const entrySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: text,
  published: text,
  author: many,
  link: many,
  'arxiv:doi': text,
  'arxiv:journal_ref': text,
});
const feedSchema = z.object({ feed: z.object({ entry: many }) });

export function arxiv({ base, namedBy }: HostOptions): Provider {
  return {
    name: 'arxiv',
    endpoint: base,
    namedBy,
    // Its terms: a request every three seconds, over one connection.
    pace: { everyMs: 3_000, atOnce: 1 },
    timeoutMs: 20_000,
    secrets: [],
    xml: true,
    async search({ text: query, count }, ask) {
      const url = new URL(base);
      const id = readArxivId(query);
      url.search = new URLSearchParams({
        ...(id === undefined ? { search_query: arxivQuery(query) } : { id_list: id }),
        start: '0',
        max_results: String(count),
        sortBy: 'relevance',
        sortOrder: 'descending',
      }).toString();
      const reply = await ask({ url, headers: { accept: 'application/atom+xml' } });
      return reply.ok ? await readFeed(reply.value.text) : reply;
    },
  };
}

const FIELD = /^(?:ti|au|abs|co|jr|cat|rn|id|all):/;
const TERM = /(?:(?:ti|au|abs|co|jr|cat|rn|id|all):)?"[^"]*"|\S+/g;

/**
 * Words and quoted phrases that must all occur, `all:winch AND all:"lake ice"`; a term with one of arXiv's own fields
 * (`au:Lovelace`) is taken as it is. What the query language would read otherwise is left out.
 */
export function arxivQuery(query: string): string {
  const terms = (query.match(TERM) ?? [])
    .map((term) => ({ field: FIELD.exec(term)?.[0] ?? 'all:', value: term.replace(FIELD, '') }))
    .map(({ field, value }) => ({
      field,
      value: value
        .replace(/["()[\]{}?!,;:\\^~*+=<>|&%]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    }))
    .filter(({ value }) => /[\p{L}\p{N}]/u.test(value));
  const telling = terms.filter(({ field, value }) => field !== 'all:' || !isSmall(value));
  return (telling.length > 0 ? telling : terms)
    .slice(0, MOST_TERMS)
    .map(({ field, value }) => field + (value.includes(' ') || field === 'au:' ? `"${value}"` : value))
    .join(' AND ');
}

/** `AND`, `OR` and `ANDNOT` are its operators, and no term of ours. */
const isSmall = (word: string): boolean =>
  STOP_WORDS.has(word.toLowerCase()) || /^(?:AND|OR|ANDNOT)$/.test(word);

async function readFeed(xml: string): Promise<Result<readonly SearchResult[]>> {
  const feed = feedSchema.safeParse(await parseXml(xml));
  if (!feed.success) {
    return failed('bad-reply', 'answered with something that is no Atom feed, or only a part of it');
  }
  const entries = feed.data.feed.entry;
  const [first] = entries;
  const complaint = errorSchema.safeParse(first);
  if (complaint.success) {
    const said = shortened(cleanText(decodeReferences(complaint.data.summary)), 200);
    return failed('bad-request', `did not take the request (“${said}”)`);
  }
  // An identifier that no paper has gives an entry with nothing in it.
  if (entries.length === 1 && !entrySchema.safeParse(first).success) return ok([]);
  return readResults(entries, entrySchema, resultOf);
}

/** Undefined for what is not XML, or cut: the parser closes by itself what is left open. */
async function parseXml(xml: string): Promise<unknown> {
  if (!/<\/feed>\s*$/.test(xml)) return undefined;
  // Not needed until a paper is searched.
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    // Entities of a document type could grow without bound; those of XML itself are read afterwards.
    processEntities: false,
    parseTagValue: false,
  });
  try {
    return parser.parse(xml);
  } catch {
    return undefined;
  }
}

/** §3.4: errors are feeds with one entry. */
const errorSchema = z.object({ id: z.string().regex(/\/api\/errors/), summary: text });

function resultOf(entry: z.infer<typeof entrySchema>): SearchResult | undefined {
  const links = entry.link.map((value) => link.safeParse(value)).filter(({ success }) => success);
  const pdf = links.find(({ data }) => data?.['@title'] === 'pdf' || data?.['@type'] === 'application/pdf');
  const names = entry.author.map((value) => author.safeParse(value).data?.name ?? '');
  const journal = decodeReferences(entry['arxiv:journal_ref']);
  return paperResult('arxiv', {
    title: decodeReferences(entry.title),
    abstract: decodeReferences(entry.summary),
    authors: names.map(decodeReferences),
    published: entry.published,
    venue: journal === '' ? 'arXiv' : journal,
    doi: entry['arxiv:doi'],
    arxivId: entry.id,
    pdfUrl: decodeReferences(pdf?.data?.['@href'] ?? ''),
    page: entry.id,
  });
}
