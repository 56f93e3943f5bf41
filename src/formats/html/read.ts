/** HTML as readable Markdown. Runs in the documents' thread: hostile pages cost time. */
import { ok } from '../../core/common/result';
import type { DocumentContent } from '../../core/ports';
import type { Adapter } from '../source';
import { mainText } from './article';
import { decodeHtml } from './charset';
import { absolute, baseOf, cleanPage } from './clean';
import { htmlToMarkdown } from './markdown';
import { metadataNotes, metadataOf } from './metadata';
import { sectionParts } from './sections';
import { pageTree } from './tree';

export interface HtmlPage {
  /** Text that was decoded already, or bytes, whose encoding is found as browsers do. */
  readonly source: string | Uint8Array;
  /** Where it was read: links are made absolute by it. */
  readonly url?: string | undefined;
  /** The `Content-Type` as the server sent it, with its charset. */
  readonly mediaType?: string | undefined;
}

/** Characters; a page that shows less is perhaps made by scripts. */
const FEW = 600;
/** Of an unknown address: relative links stay what they are no use for. */
const NOWHERE = 'about:blank';

/**
 * The text of a page in sections: the article where it is one, else the whole page without menus and what is hidden. Never
 * throws; a page without text has no parts.
 */
export function readHtml({ source, url = NOWHERE, mediaType }: HtmlPage): DocumentContent {
  const html = typeof source === 'string' ? source : decodeHtml(source, mediaType).text;
  const { document, data, styles, simplified } = pageTree(html);
  const metadata = metadataOf(document, data);
  const base = baseOf(document, url);
  const notes = cleanPage(document, { url, base, styles });
  const shown = htmlToMarkdown(mainText(document));
  const inData = shown.length < FEW ? textInData(metadata.text ?? '') : '';
  const isFromData = inData.length > shown.length;
  const parts = sectionParts(isFromData ? inData : shown);
  const target = metadata.refresh === undefined ? undefined : absolute(metadata.refresh, base);
  return {
    format: 'html',
    title: metadata.title,
    parts,
    notes: [
      ...metadataNotes(metadata),
      ...(target === undefined || target === url ? [] : [`The page sends its readers on to ${target}.`]),
      ...(isFromData
        ? ['The page shows its text by scripts; it is taken from the data (JSON-LD) in it.']
        : []),
      ...notes,
      ...(simplified ? ['The page is so deep or so large that part of its structure was given up.'] : []),
    ],
  };
}

/** Plain text, its paragraphs in lines, with references as in HTML; or HTML. */
function textInData(text: string): string {
  const html = /<(?:p|div|br|h\d|ul|ol)\b/i.test(text) ? text : text.replace(/\s*\n\s*/g, '<p>');
  return htmlToMarkdown(pageTree(html).document.body);
}

export const readHtmlFile: Adapter = ({ bytes, url, mediaType }) =>
  ok(readHtml({ source: bytes, url, mediaType }));
