import * as z from 'zod';
import { failed, ok, type Result } from '../../common/result';
import type { Clock, DiskCache, DocumentReader, Encoder, HttpClient } from '../../ports';
import type { Evidence } from '../evidence';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from '../tool';
import { faultOfText } from './pageFaults';
import { passagesForGoal } from './goalView';
import {
  decoded,
  evidenceText,
  fitting,
  namedParts,
  outlineText,
  partOfFragment,
  type ReadPage,
  sourceLines,
  titleOf,
  titleWithin,
} from './pageView';
import { PageRetriever, type WebPage } from './retrieve';
import { decideUrl } from './urlPolicy';

/** What the user lets the tools do on the web; asked at each call, so that a changed setting counts at once. */
export interface WebRules {
  /** Origins that may be reached wherever they are. */
  allowedOrigins(): readonly string[];
  /** Hosts of which robots.txt is ignored: `example.org`, `*.example.org`, `localhost:8080`. */
  ignoreRobots(): readonly string[];
}

export interface FetchPageParts {
  readonly http: HttpClient;
  readonly documents: DocumentReader;
  readonly cache?: DiskCache | undefined;
  readonly encoder?: Encoder | undefined;
  readonly clock: Clock;
  readonly rules: WebRules;
}

/** `fetch_page{url,goal?}`: a page of the web as text; each section or passage that is shown is evidence. */
export function fetchPageTool(parts: FetchPageParts): Tool {
  const retriever = new PageRetriever({ ...parts, ignoreRobots: () => parts.rules.ignoreRobots() });
  return defineTool({
    name: 'fetch_page',
    description:
      'Reads a page of the web: HTML, PDF, Office files, feeds, JSON or text. With a goal, a question or keywords, it ' +
      'returns the passages that bear on it; without one the beginning and an outline. A goal may also be a place: ' +
      '“sections 3-5” of the outline, “page 7” of a PDF, or a heading. Cite what you use by its mark, e.g. [e1].',
    parameters: z.object({
      url: z.string().describe('An address with http:// or https://'),
      goal: z.string().optional().describe('What you want to find out from the page, or the place to read'),
    }),
    readOnly: true,
    async run({ url: text, goal = '' }, context) {
      const url = await permitted(text, parts.rules, context);
      if (!(url instanceof URL)) return url;
      const retrieved = await retriever.retrieve(url, context.signal);
      if (!retrieved.ok) return failure(retrieved.fault.message);
      const read = await readPage(url, retrieved.value, parts.documents, context.signal);
      if (!read.ok) return failure(read.fault.message);
      const named = namedParts(read.value.content.parts, goal);
      if (named !== undefined || goal.trim() === '') return showParts(read.value, named, context);
      return passagesForGoal(read.value, goal.trim(), parts.encoder, context);
    },
  });
}

/** The address, if the rules and, where they are in doubt, the person let it be fetched. */
async function permitted(text: string, rules: WebRules, { approve }: ToolContext): Promise<URL | ToolResult> {
  const decision = decideUrl(text.trim(), { allowedOrigins: rules.allowedOrigins() });
  if (decision.verdict === 'block') {
    const what = decision.url === undefined ? `“${text.slice(0, 200)}”` : decision.url.href;
    const remedy =
      decision.url === undefined
        ? 'Give an address that begins with https:// or http://.'
        : 'Only the user can allow it: memento.web.allowedOrigins (--allow-origin in the command line).';
    return failure(`${what} is not fetched. ${decision.reasons.join(' ')} ${remedy}`);
  }
  if (decision.verdict === 'allow') return decision.url;
  const { url, reasons } = decision;
  const { approved, reason } = await approve({ what: 'url', command: url.href, code: null, reasons });
  if (approved) return url;
  const because = reason === null ? '' : ` They said: “${reason}”.`;
  return failure(
    `The user did not allow ${url.href} to be fetched.${because} Do not try it again.`,
    'denied',
  );
}

const MEDIA: Readonly<Record<string, string>> = {
  image: 'a picture: look_at_image answers questions about it',
  audio: 'a recording, and no page: there is nothing to read in it',
  video: 'a video, and no page: there is nothing to read in it',
};

async function readPage(
  asked: URL,
  page: WebPage,
  documents: DocumentReader,
  signal: AbortSignal,
): Promise<Result<ReadPage>> {
  const mediaType = page.headers['content-type'] ?? '';
  const medium = MEDIA[mediaType.split('/')[0]?.trim().toLowerCase() ?? ''];
  if (medium !== undefined && !/svg/i.test(mediaType))
    return failed('unsupported', `${page.url.href} is ${medium}.`);
  const file = {
    name: nameOf(page),
    bytes: page.body,
    url: page.url.href,
    ...(mediaType === '' ? {} : { mediaType }),
  };
  const content = await documents.read(file, { signal });
  if (!content.ok) {
    const { code, message } = content.fault;
    return failed(code, `${page.url.href} could not be read: ${message}`);
  }
  const fault = faultOfText(content.value, page.url, content.value.format === 'html');
  return fault === undefined ? ok({ asked, page, content: content.value }) : { ok: false, fault };
}

/** As the server names the file, else the last part of the path. */
function nameOf({ url, headers }: WebPage): string {
  const disposition = headers['content-disposition'] ?? '';
  const named =
    /filename\*\s*=\s*[\w-]+''([^;\s]+)/i.exec(disposition)?.[1] ??
    /filename\s*=\s*(?:"([^"]+)"|([^;\s]+))/i
      .exec(disposition)
      ?.slice(1)
      .find((name) => name !== undefined) ??
    url.pathname.split('/').at(-1);
  return decoded(named ?? '').replace(/[/\\]/g, '_') || url.host;
}

/** The parts that were asked for, or, with none, the page from its beginning or from the fragment of its address. */
async function showParts(
  read: ReadPage,
  named: readonly number[] | undefined,
  { cite }: ToolContext,
): Promise<ToolResult> {
  const { page, asked, content } = read;
  const { parts } = content;
  if (named?.length === 0) {
    return failure(
      `The page has ${parts.length} sections, and none of this number:\n${outlineText(content)}`,
    );
  }
  const start = named === undefined ? partOfFragment(parts, asked.hash) : 0;
  const wanted = named ?? parts.map((_, i) => i).slice(start);
  const { shown, left } = fitting(parts, wanted);
  const evidence: Evidence[] = [];
  const texts: string[] = [];
  for (const [index, text] of shown) {
    const part = parts[index];
    if (part === undefined) continue;
    const found = await cite({
      source: page.url.href,
      title: titleWithin(read, part.title),
      locator: part.locator,
      text,
      readAt: page.retrievedAt,
    });
    evidence.push(found);
    texts.push(evidenceText(found, part.title));
  }
  const isWhole = shown.length === parts.length && left === 0;
  const last = (shown.at(-1)?.[0] ?? 0) + 1;
  const first = (shown[0]?.[0] ?? 0) + 1;
  return {
    ok: true,
    content: [
      ...sourceLines(read),
      ...(isWhole
        ? []
        : ['', `Outline (${parts.length} sections, characters in brackets):`, outlineText(content)]),
      '',
      texts.join('\n\n'),
      ...(isWhole ? [] : ['', howToReadOn(first, last, parts.length, left)]),
    ].join('\n'),
    preview: isWhole ? titleOf(read) : `${titleOf(read)}, sections ${first}-${last} of ${parts.length}`,
    evidence,
  };
}

function howToReadOn(first: number, last: number, all: number, left: number): string {
  const cut =
    left === 0 ? '' : `Section ${last} goes on for ${left} characters: give a goal to find what is in them. `;
  const next = last < all ? `“sections ${last + 1}-${Math.min(last + 4, all)}”` : '“sections 1-4”';
  return `(Shown: sections ${first}-${last} of ${all}. ${cut}To read on, call fetch_page with the same url and the goal ${next}, a heading, or a question; read_document finds words in the whole of it.)`;
}
