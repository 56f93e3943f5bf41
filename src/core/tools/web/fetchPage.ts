import * as z from 'zod';
import { failed, ok, type Result } from '../../common/result';
import type { DocumentReader } from '../../ports';
import type { Evidence } from '../evidence';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from '../tool';
import { faultOfText } from './pageFaults';
import { type GoalParts, passagesForGoal } from './goalView';
import {
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
import { fileNameOf, type ReadAddress, type WebReader } from './webReader';

export interface FetchPageParts extends GoalParts {
  readonly web: WebReader;
  readonly documents: DocumentReader;
}

/** `fetch_page{url,goal?}`: a page of the web as text; each section or passage that is shown is evidence. */
export function fetchPageTool(parts: FetchPageParts): Tool {
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
      const found = await parts.web.read(text, context);
      if (!found.ok) return failure(found.fault.message);
      const read = await readPage(found.value, parts.documents, context.signal);
      if (!read.ok) return failure(read.fault.message);
      const named = namedParts(read.value.content.parts, goal);
      if (named !== undefined || goal.trim() === '') return showParts(read.value, named, context);
      return passagesForGoal(read.value, goal.trim(), parts, context);
    },
  });
}

const MEDIA: Readonly<Record<string, string>> = {
  image: 'a picture: look_at_image answers questions about it',
  audio: 'a recording, and no page: there is nothing to read in it',
  video: 'a video, and no page: there is nothing to read in it',
};

async function readPage(
  { asked, page }: ReadAddress,
  documents: DocumentReader,
  signal: AbortSignal,
): Promise<Result<ReadPage>> {
  const mediaType = page.headers['content-type'] ?? '';
  const medium = MEDIA[mediaType.split('/')[0]?.trim().toLowerCase() ?? ''];
  if (medium !== undefined && !/svg/i.test(mediaType))
    return failed('unsupported', `${page.url.href} is ${medium}.`);
  const file = {
    name: fileNameOf(page),
    bytes: page.body,
    url: page.url.href,
    ...(mediaType === '' ? {} : { mediaType }),
  };
  const content = await documents.read(file, { signal });
  if (!content.ok) {
    const { code, message } = content.fault;
    return failed(code, `${page.url.href} could not be read: ${message}`);
  }
  if (content.value.format === 'image')
    return failed('unsupported', `${page.url.href} is ${MEDIA['image']}.`);
  const fault = faultOfText(content.value, page.url, content.value.format === 'html');
  return fault === undefined ? ok({ asked, page, content: content.value }) : { ok: false, fault };
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
