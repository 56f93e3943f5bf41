/** What a page says of itself: Open Graph, Highwire and Dublin Core tags, schema.org in JSON-LD and microdata. */
import { type DomDocument, type DomElement, textOf } from './dom';

export interface PageMetadata {
  readonly title: string | undefined;
  /** As written, most often ISO 8601. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  readonly authors: readonly string[];
  readonly site: string | undefined;
  /** False where the page says that its text is not free to read. */
  readonly free: boolean;
  /** Its text as JSON-LD has it, plain or HTML; undefined where there is none. */
  readonly text: string | undefined;
  /** Where the page sends browsers on to. */
  readonly refresh: string | undefined;
}

const LONGEST = 200;

export function metadataOf(document: DomDocument, data: readonly string[]): PageMetadata {
  const things = data.flatMap(thingsIn);
  const meta = (...names: readonly string[]) => names.flatMap((name) => metaContents(document, name));
  const work = things.find((thing) => ARTICLE.test(stringOf(thing['@type']) ?? '')) ?? things[0] ?? {};
  const first = (...found: readonly (string | undefined)[]) => found.find((text) => text !== undefined);
  const free = !things.some(
    ({ isAccessibleForFree: said }) => said === false || /^false$/i.test(stringOf(said) ?? ''),
  );
  return {
    title: first(
      ...meta('citation_title', 'og:title', 'dc.title'),
      clean(textOf(document.querySelector('title'))),
      clean(textOf(document.querySelector('h1'))),
    ),
    published: first(
      ...meta(
        'citation_publication_date',
        'citation_date',
        'article:published_time',
        'og:article:published_time',
      ),
      stringOf(work['datePublished']),
      ...meta(
        'datepublished',
        'dc.date.issued',
        'dc.date',
        'dcterms.issued',
        'dcterms.date',
        'dcterms.created',
        'date',
        'pubdate',
        'parsely-pub-date',
      ),
      clean(
        document.querySelector('[itemprop="datePublished"], time[pubdate]')?.getAttribute('datetime') ??
          undefined,
      ),
    ),
    modified: first(...meta('article:modified_time', 'og:updated_time'), stringOf(work['dateModified'])),
    authors: authorsOf(meta('citation_author', 'dc.creator', 'author', 'article:author'), work['author']),
    site: first(
      ...meta('citation_journal_title', 'og:site_name', 'application-name'),
      nameIn(work['publisher']),
    ),
    free,
    text: free ? longestText(things) : undefined,
    refresh: refreshOf(document),
  };
}

/** schema.org's `articleBody`, and `text` of a post. */
function longestText(things: readonly Thing[]): string | undefined {
  const texts = things.flatMap((thing) => [thing['articleBody'], thing['text']]);
  const found = texts.filter((text) => typeof text === 'string').toSorted((a, b) => b.length - a.length)[0];
  return found?.trim() === '' ? undefined : found;
}

type Thing = Readonly<Record<string, unknown>>;

const ARTICLE = /Article|Posting|Report|WebPage|Recipe|Dataset|Book|Course|Event|Product|VideoObject/;

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function thingsIn(text: string): Thing[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return list.filter(isThing).flatMap((thing) => {
      const graph: unknown = thing['@graph'];
      return Array.isArray(graph) ? graph.filter(isThing) : [thing];
    });
  } catch {
    // JSON-LD of pages is often broken; it is only a bonus.
    return [];
  }
}

function metaContents(document: DomDocument, name: string): string[] {
  return [...document.querySelectorAll('meta[content]')]
    .filter((meta) =>
      [nameIs(meta, 'name'), nameIs(meta, 'property'), nameIs(meta, 'itemprop')].includes(name),
    )
    .flatMap((meta) => clean(meta.getAttribute('content') ?? '') ?? []);
}

const nameIs = (meta: DomElement, attribute: string) => meta.getAttribute(attribute)?.trim().toLowerCase();

function authorsOf(named: readonly string[], linked: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(linked) ? linked : [linked];
  const fromData = list.flatMap((author) => nameIn(author) ?? []);
  const all = fromData.length > 0 ? fromData : named;
  // Some sites name a profile's address.
  return [...new Set(all)].filter((author) => !/^https?:/i.test(author)).slice(0, 10);
}

const nameIn = (value: unknown): string | undefined =>
  isThing(value) ? stringOf(value['name']) : stringOf(value);

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? clean(value) : undefined;

function clean(text: string | undefined): string | undefined {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line.slice(0, LONGEST);
}

function refreshOf(document: DomDocument): string | undefined {
  for (const meta of document.querySelectorAll('meta[http-equiv]')) {
    if (nameIs(meta, 'http-equiv') !== 'refresh') continue;
    const found = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
      meta.getAttribute('content') ?? '',
    );
    if (found?.[1] !== undefined) return found[1].trim();
  }
  return undefined;
}

/** One sentence each, for who reads the page. */
export function metadataNotes(metadata: PageMetadata): string[] {
  const { published, modified, authors, site, free } = metadata;
  return [
    ...(published === undefined ? [] : [`Published ${published}.`]),
    ...(modified === undefined || modified === published ? [] : [`Changed ${modified}.`]),
    ...(authors.length === 0 ? [] : [`By ${authors.join(', ')}.`]),
    ...(site === undefined ? [] : [`Part of ${site}.`]),
    ...(free ? [] : ['The page says that its whole text is not free to read, so this may be a part of it.']),
  ];
}
