import * as z from 'zod';
import { ok, type Result } from '../common/result';
import type { DocumentContent, DocumentReader, Files } from '../ports';
import { find } from './document/find';
import { headOf, outlineOf } from './document/overview';
import type { Piece } from './document/piece';
import { countingOf, ONE } from './document/place';
import { addressOfAll } from './document/rest';
import { everything, extentOf, select } from './document/select';
import { type DocumentSource, fromWeb, fromWorkspace } from './document/source';
import type { Evidence } from './evidence';
import { nameInWords } from './passages';
import { describeEvidence } from './searchWorkspace';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from './tool';
import type { WebReader } from './web/webReader';

export interface DocumentPorts {
  readonly documents: DocumentReader;
  /** Undefined with no folder open. */
  readonly files: Files | undefined;
  /** Undefined where nothing may be asked of the web. */
  readonly web: WebReader | undefined;
}

/** Characters of a document that a call shows at most: what was asked for, or the beginning of what is larger. */
const MOST_CHARACTERS = 24_000;
const BEGINNING = 8_000;
const MOST_FOUND = 10_000;

/** `read_document{path|url,pages?,find?}`: a document of any format, in parts that are pieces of evidence. */
export function readDocumentTool(ports: DocumentPorts): Tool {
  return defineTool({
    name: 'read_document',
    description:
      'Reads a document of the workspace (path) or the web (url): PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, RTF, ' +
      'CSV, HTML, Markdown, JSON, XML, Jupyter notebooks, source code, ZIP and TAR archives. Called without pages or find ' +
      'it tells title, size and outline and shows the beginning; where there is more it says which pages to ask for next. ' +
      'Cite what you use by its mark, e.g. [e1].',
    parameters: z.object({
      path: z
        .string()
        .optional()
        .describe(
          'Relative to the workspace folder; an entry of an archive as "archive.zip!/folder/file.pdf"',
        ),
      url: z.string().optional().describe('http or https; give either path or url'),
      pages: z
        .string()
        .optional()
        .describe(
          'What to show: page, slide, cell or section numbers ("3", "2-5,9", "7-"), lines of a text ("120-180"), a sheet ' +
            'or cells of it ("Rivers", "Rivers!A1:D20"), a heading ("Methods"), an entry of an archive ("folder/file.pdf"); ' +
            '"3.2" is the second piece of a long page 3',
        ),
      find: z.string().optional().describe('Words to find in the document: the exact phrase, else its words'),
    }),
    readOnly: true,
    async run({ path, url, pages, find: query }, context) {
      if ((path === undefined) === (url === undefined)) {
        return failure('Give either path, for a file of the workspace, or url, for one of the web.');
      }
      const opened = await open(ports, { path, url }, context);
      if (!opened.ok) return failure(opened.fault.message);
      const read = await readPlace(ports.documents, opened.value, pages, context.signal);
      if (!read.ok) return failure(read.fault.message);
      const { content, rest } = read.value;
      const { source, readAt } = opened.value;
      const document = { content, source, ...(readAt === undefined ? {} : { readAt }) };
      if (query !== undefined && query.trim() !== '') return showFound(document, query, rest, context);
      if (rest !== undefined) return showPages(document, rest, context);
      return showBeginning(document, context);
    },
  });
}

function open(
  { files, web }: DocumentPorts,
  { path, url }: { readonly path: string | undefined; readonly url: string | undefined },
  context: ToolContext,
): Promise<Result<DocumentSource>> | Result<DocumentSource> {
  const missing = (what: string): Result<DocumentSource> => ({
    ok: false,
    fault: { code: 'unsupported', message: what },
  });
  if (path !== undefined) {
    return files ? fromWorkspace(files, path, context.signal) : missing('No folder is open: give a url.');
  }
  if (url === undefined || !web) return missing('Nothing can be read from the web here: give a path.');
  return fromWeb(web, url, context);
}

/** Of an archive `pages` may name an entry; then nothing of it is left to select. */
async function readPlace(
  documents: DocumentReader,
  { file, entry }: DocumentSource,
  pages: string | undefined,
  signal: AbortSignal,
): Promise<Result<{ readonly content: DocumentContent; readonly rest: string | undefined }>> {
  const wanted = pages?.trim() === '' ? undefined : pages?.trim();
  const read = await documents.read(file, { ...(entry === undefined ? {} : { entry }), signal });
  if (!read.ok) return read;
  const isArchive = read.value.format === 'zip' || read.value.format === 'tar';
  if (!isArchive || wanted === undefined || select(read.value, wanted).ok)
    return ok({ content: read.value, rest: wanted });
  const inner = entry === undefined ? wanted : `${entry}!/${wanted}`;
  const found = await documents.read(file, { entry: inner, signal });
  return found.ok ? ok({ content: found.value, rest: undefined }) : found;
}

interface OpenDocument {
  readonly content: DocumentContent;
  readonly source: string;
  /** When it was read of the web. */
  readonly readAt?: number;
}

async function showBeginning(document: OpenDocument, context: ToolContext): Promise<ToolResult> {
  const { content, source } = document;
  const pieces = everything(content);
  const isSmall = pieces.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS;
  const shown = await show(pieces, document, isSmall ? MOST_CHARACTERS : BEGINNING, context);
  const outline = isSmall ? '' : outlineOf(content);
  return {
    ok: true,
    content: [headOf(source, content), outline, ...shown.blocks, shown.more]
      .filter((block) => block !== '')
      .join('\n\n'),
    preview: `${source}: ${content.format}, ${extentOf(content)}`,
    evidence: shown.evidence,
  };
}

async function showPages(document: OpenDocument, pages: string, context: ToolContext): Promise<ToolResult> {
  const { content, source } = document;
  const pieces = select(content, pages);
  if (!pieces.ok) return failure(`${source}: ${pieces.fault.message}`);
  const shown = await show(pieces.value, document, MOST_CHARACTERS, context);
  return {
    ok: true,
    content: [...shown.blocks, shown.more].filter((block) => block !== '').join('\n\n'),
    preview: `${source}, ${pages}`,
    evidence: shown.evidence,
  };
}

async function showFound(
  document: OpenDocument,
  query: string,
  pages: string | undefined,
  context: ToolContext,
): Promise<ToolResult> {
  const { content, source } = document;
  const within = pages === undefined ? ok(content) : narrowed(content, pages);
  if (!within.ok) return failure(`${source}: ${within.fault.message}`);
  const found = await find(within.value, query, context.signal);
  if (found.passages.length === 0) {
    const text = `Nothing in ${source} matches “${query}”: neither the phrase nor one of its words. It has ${extentOf(content)}.`;
    return { ok: true, content: text, preview: `No match in ${source}`, evidence: [] };
  }
  const shown = await show(found.passages, document, MOST_FOUND, context);
  const head =
    found.how === 'exact'
      ? `“${query}” stands ${times(found.matches)} in ${source}.`
      : `“${query}” does not stand in ${source} as a phrase. Passages with its words, the best first:`;
  return {
    ok: true,
    content: [head, ...shown.blocks, shown.more].filter((block) => block !== '').join('\n\n'),
    preview:
      found.how === 'exact'
        ? `${times(found.matches)} in ${source}`
        : `${found.passages.length} passages of ${source}`,
    evidence: shown.evidence,
  };
}

const times = (count: number): string => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);

/** The document with only what `pages` names. */
function narrowed(content: DocumentContent, pages: string): Result<DocumentContent> {
  const pieces = select(content, pages);
  return pieces.ok ? ok({ ...content, parts: pieces.value }) : pieces;
}

interface Shown {
  readonly blocks: readonly string[];
  readonly evidence: readonly Evidence[];
  /** How to go on; empty where all was shown. */
  readonly more: string;
}

/** As many whole pieces as the budget holds, one at least; the others are named, never cut off in silence. */
async function show(
  pieces: readonly Piece[],
  { content, source, readAt }: OpenDocument,
  budget: number,
  { cite }: ToolContext,
): Promise<Shown> {
  const blocks: string[] = [];
  const evidence: Evidence[] = [];
  let left = budget;
  let count = 0;
  for (const piece of pieces) {
    if (count > 0 && piece.text.length > left) break;
    count++;
    left -= piece.text.length;
    if (piece.text.trim() === '') {
      blocks.push(`(${ONE[countingOf(content)]} ${piece.address} has no text)`);
      continue;
    }
    const cited = await cite({
      source,
      title: titleOf({ content, source }, piece),
      locator: piece.locator,
      text: piece.text,
      ...(readAt === undefined ? {} : { readAt }),
    });
    evidence.push(cited);
    blocks.push(describeEvidence(cited));
  }
  return { blocks, evidence, more: whatIsLeft(pieces.slice(count)) };
}

function whatIsLeft(pieces: readonly Piece[]): string {
  if (pieces.length === 0) return '';
  const characters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const address = addressOfAll(pieces);
  return `(${characters.toLocaleString('en')} characters are left: to go on, call read_document with pages "${address}", or with find for some words)`;
}

/** What the document calls itself and the headings above; its name where it has neither. */
function titleOf({ content, source }: OpenDocument, piece: Piece): string {
  const steps = piece.title === '' ? [] : piece.title.split(' › ');
  const title = content.title !== undefined && content.title !== steps[0] ? [content.title, ...steps] : steps;
  return title.length === 0 ? nameInWords(source) : title.join(' › ');
}
