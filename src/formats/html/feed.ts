/** RSS (0.9x, 1.0, 2.0) and Atom (RFC 4287) as a list of entries, each a section. */
import { XMLParser } from 'fast-xml-parser';
import { ok } from '../../core/common/result';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import type { Adapter } from '../source';
import { decodeHtml } from './charset';
import { absolute } from './clean';
import type { HtmlPage } from './read';
import { htmlToMarkdown } from './markdown';
import { pageTree } from './tree';

const MOST_ENTRIES = 200;
/** Of an entry's text, characters. */
const LONGEST = 4_000;

type Node = Readonly<Record<string, unknown>>;

/** Undefined for what is no feed. Never throws. */
export function readFeed({ source, url = '', mediaType }: HtmlPage): DocumentContent | undefined {
  const xml = typeof source === 'string' ? source : decodeHtml(source, mediaType).text;
  if (!/<(?:rss|feed|(?:\w+:)?RDF)[\s>]/.test(xml.slice(0, 4_096))) return undefined;
  const root = parsed(xml);
  const rss = child(root, 'rss');
  const rdf = child(root, 'RDF');
  const feed = child(rss ?? rdf, 'channel') ?? child(root, 'feed');
  if (feed === undefined) return undefined;
  const entries = [...children(rdf, 'item'), ...children(feed, 'item'), ...children(feed, 'entry')];
  const parts = entries.slice(0, MOST_ENTRIES).map((entry) => entryPart(entry, url));
  return {
    format: 'feed',
    title: textIn(feed['title']),
    parts,
    notes: [
      `A feed of ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}.`,
      ...(entries.length > MOST_ENTRIES ? [`Only the first ${MOST_ENTRIES} are shown.`] : []),
    ],
  };
}

/** XML that is a feed is read as one, other XML by `other`. */
export const feedOr =
  (other: Adapter): Adapter =>
  (source) => {
    const { bytes, url, mediaType } = source;
    const feed = readFeed({ source: bytes, url, mediaType });
    return feed === undefined ? other(source) : ok(feed);
  };

function parsed(xml: string): Node | undefined {
  try {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      removeNSPrefix: true,
      parseTagValue: false,
      htmlEntities: true,
    });
    const root: unknown = parser.parse(xml);
    return isNode(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

function entryPart(entry: Node, url: string): DocumentPart {
  const title = textIn(entry['title']) ?? 'Untitled';
  const date = textIn(entry['published'] ?? entry['pubDate'] ?? entry['updated'] ?? entry['date']);
  const author = textIn(child(entry, 'author')?.['name'] ?? entry['author'] ?? entry['creator']);
  const link = linkOf(entry, url);
  const body = markdownOf(
    textIn(entry['encoded'] ?? entry['content'] ?? entry['description'] ?? entry['summary']) ?? '',
  );
  const about = [date, author].filter((part) => part !== undefined).join(', ');
  const text = [`## ${title}`, link ?? '', about, body.slice(0, LONGEST)]
    .filter((part) => part !== '')
    .join('\n\n');
  return { locator: { kind: 'section', heading: title }, title, text };
}

/** Atom has several, RSS one. */
function linkOf(entry: Node, url: string): string | undefined {
  const links = children(entry, 'link');
  const best = links.find((link) => (link['@rel'] ?? 'alternate') === 'alternate') ?? links[0];
  const href = best?.['@href'] ?? textIn(entry['link']) ?? textIn(entry['guid']);
  return typeof href === 'string' ? absolute(href, url) : undefined;
}

const markdownOf = (html: string): string =>
  html === '' ? '' : htmlToMarkdown(pageTree(html).document.body);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const children = (node: Node | undefined, name: string): Node[] => listOf(node?.[name]).filter(isNode);

const child = (node: Node | undefined, name: string): Node | undefined => children(node, name)[0];

/** Of an element with attributes too. */
function textIn(value: unknown): string | undefined {
  const [first] = listOf(value);
  const text = isNode(first) ? first['#text'] : first;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
