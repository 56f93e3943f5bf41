/** Wikipedia, for which no key is needed: https://www.mediawiki.org/wiki/API:Search. */
import * as z from 'zod';
import { failed, type Result } from '../../../../common/result';
import { STOP_WORDS } from '../../../../common/text';
import { clippedQuery, readResults, text, webResult, type Ask, type Provider } from '../provider';
import { textOfMarkup } from '../plainText';
import type { HostOptions } from '../searchConfig';
import type { SearchResult } from '../searchResult';

/** Of a query, characters: CirrusSearch refuses longer ones. */
const LONGEST_QUERY = 300;

const item = z.object({ title: z.string().min(1), snippet: text });
const replySchema = z.object({ query: z.object({ search: z.unknown() }) });
const errorSchema = z.object({ error: z.object({ code: z.string(), info: text }) });

/** `base` has `{language}` where the language of the wiki goes; without it there is one wiki. */
export function wikipedia({ base, namedBy }: HostOptions): Provider {
  return {
    name: 'wikipedia',
    endpoint: base.replace('{language}', 'en'),
    namedBy,
    // https://www.mediawiki.org/wiki/API:Etiquette: one after the other.
    pace: { everyMs: 200, atOnce: 1 },
    timeoutMs: 10_000,
    secrets: [],
    // Errors of the API have the status 200.
    refusal: ({ json }) => {
      const error = errorSchema.safeParse(json);
      if (!error.success) return undefined;
      const { code, info } = error.data.error;
      return failed(
        code === 'ratelimited' || code === 'maxlag' ? 'rate-limited' : 'bad-request',
        `did not take the request (${code}: “${textOfMarkup(info).slice(0, 200)}”)`,
      ).fault;
    },
    async search({ text: query, count, language }, ask) {
      const wiki = base.replace('{language}', wikiLanguage(query, language)).replace(/\/$/, '');
      const words = clippedQuery(contentWords(query), LONGEST_QUERY);
      const found = await pagesFor(wiki, words, count, ask);
      // Every word must occur, which for a question is too much to ask: then the pages with most of them.
      const alternatives = anyOf(words);
      if (!found.ok || found.value.length > 0 || alternatives === undefined) return found;
      return pagesFor(wiki, alternatives, count, ask);
    },
  };
}

async function pagesFor(
  wiki: string,
  srsearch: string,
  count: number,
  ask: Ask,
): Promise<Result<readonly SearchResult[]>> {
  const url = new URL(`${wiki}/w/api.php`);
  url.search = new URLSearchParams({
    action: 'query',
    list: 'search',
    srsearch,
    srlimit: String(count),
    srprop: 'snippet',
    format: 'json',
    formatversion: '2',
  }).toString();
  const reply = await ask({ url });
  if (!reply.ok) return reply;
  const body = replySchema.safeParse(reply.value.json);
  if (!body.success) return failed('bad-reply', 'its reply is no search reply');
  return readResults(body.data.query.search, item, ({ title, snippet }) =>
    webResult('wikipedia', {
      url: `${wiki}/wiki/${pageName(title)}`,
      title: `${title} – Wikipedia`,
      snippet: textOfMarkup(snippet),
      published: '',
    }),
  );
}

/** As the wiki itself writes it: spaces as underscores, `:`, `/`, `,` and brackets plain. */
const pageName = (title: string): string =>
  encodeURIComponent(title.replaceAll(' ', '_')).replace(/%(?:3A|2F|2C|3B|40|24)/g, decodeURIComponent);

/** Quotes and CirrusSearch's own operators (`intitle:`, `-word`, `OR`): whoever writes them means them. */
const HAS_OPERATORS = /["~*]|\b\w+:|(?:^|\s)-\w|\b(?:OR|AND|NOT)\b/;

/** A question without the words that only make it a question; the query itself where nothing else is left. */
function contentWords(query: string): string {
  if (HAS_OPERATORS.test(query)) return query;
  const words = query.replace(/[?!]+/g, ' ').trim().split(/\s+/);
  const kept = words.filter((word) => !STOP_WORDS.has(word.toLowerCase().replaceAll('’', "'")));
  return (kept.length > 0 ? kept : words).join(' ');
}

/** `winch OR cable OR lake`, undefined where that asks nothing else. */
function anyOf(words: string): string | undefined {
  const parts = words.split(/\s+/);
  if (parts.length < 2 || HAS_OPERATORS.test(words)) return undefined;
  return clippedQuery(parts.join(' OR '), LONGEST_QUERY).replace(/(?:\s+OR?)+$/, '');
}

const ARABIC = /\p{Script=Arabic}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

interface Script {
  readonly letters: RegExp;
  /** Its language, or the one with the largest wiki of those that it is written for. */
  readonly wiki: string;
  /** Of which `letters` are only some. */
  readonly all?: RegExp;
}

/** The first whose letters occur is taken. */
const SCRIPTS: readonly Script[] = [
  { letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, wiki: 'ja' },
  { letters: /\p{Script=Hangul}/u, wiki: 'ko' },
  { letters: /\p{Script=Han}/u, wiki: 'zh' },
  { letters: /[іїєґ]/iu, wiki: 'uk', all: CYRILLIC },
  { letters: CYRILLIC, wiki: 'ru' },
  { letters: /\p{Script=Greek}/u, wiki: 'el' },
  { letters: /[پچژگ]/u, wiki: 'fa', all: ARABIC },
  { letters: ARABIC, wiki: 'ar' },
  { letters: /\p{Script=Hebrew}/u, wiki: 'he' },
  { letters: /\p{Script=Thai}/u, wiki: 'th' },
  { letters: /\p{Script=Devanagari}/u, wiki: 'hi' },
  { letters: /\p{Script=Bengali}/u, wiki: 'bn' },
  { letters: /\p{Script=Tamil}/u, wiki: 'ta' },
  { letters: /\p{Script=Telugu}/u, wiki: 'te' },
  { letters: /\p{Script=Georgian}/u, wiki: 'ka' },
  { letters: /\p{Script=Armenian}/u, wiki: 'hy' },
];

/** The wiki for a question: by the script of most of it, else the user's language, else English. */
export function wikiLanguage(query: string, language: string | undefined): string {
  const own = (language ?? 'en').split('-')[0]?.toLowerCase() ?? 'en';
  // Part of a host name, so it may be nothing but letters.
  const chosen = /^[a-z]{2,3}$/.test(own) ? own : 'en';
  const latin = query.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const others = query.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  // Latin names stand in questions of any script, and most scripts need fewer letters for a word.
  if (others * 2 < latin) return chosen;
  const script = SCRIPTS.find(({ letters }) => letters.test(query));
  if (!script || isWrittenIn(chosen, script.all ?? script.letters)) return chosen;
  return script.wiki;
}

/** By the language's own name: Bulgarian is Cyrillic too, Urdu Arabic, Marathi Devanagari. */
function isWrittenIn(language: string, letters: RegExp): boolean {
  const name = new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(language);
  return name !== undefined && letters.test(name);
}
