import * as z from 'zod';
import { ok, type Result } from '../common/result';
import type { DocumentContent, DocumentReader, Files } from '../ports';
import { find } from './document/find';
import { headOf, outlineOf } from './document/overview';
import type { Piece } from './document/piece';
import { countingOf, ONE } from './document/place';
import { addressOfAll } from './document/rest';
import { isPicture, PictureReader, withPicturesRead } from './document/pictures';
import { addressed, everything, extentOf, select } from './document/select';
import { type DocumentSource, fromWeb, fromWorkspace } from './document/source';
import type { Evidence } from './evidence';
import { nameInWords } from './passages';
import { describeEvidence } from './searchWorkspace';
import type { ToolModels } from './toolModels';
import { defineTool, failure, type Tool, type ToolContext, type ToolResult } from './tool';
import type { WebReader } from './web/webReader';

export interface DocumentPorts {
  readonly documents: DocumentReader;
  /** Undefined with no folder open. */
  readonly files: Files | undefined;
  /** Undefined where nothing may be asked of the web. */
  readonly web: WebReader | undefined;
  readonly models: ToolModels;
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
      'CSV, HTML, Markdown, JSON, XML, Jupyter notebooks, source code, ZIP and TAR archives; images and scanned pages through ' +
      'a model that looks at them, where one is set up. Called without pages or find it tells title, size and outline and shows the beginning; where there is more it says which pages to ask for next. ' +
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
        .union([z.string(), z.number()])
        .transform(String)
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
      const { content, rest, entry } = read.value;
      const pictures = new PictureReader(ports, { ...opened.value, entry }, context.signal);
      const document = { ...opened.value, content, pictures };
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

interface Place {
  readonly content: DocumentContent;
  /** Of an archive. */
  readonly entry: string | undefined;
  /** What is left of `pages`. */
  readonly rest: string | undefined;
}

/** Of an archive `pages` may name an entry; then nothing of it is left to select. */
async function readPlace(
  documents: DocumentReader,
  { file, entry }: DocumentSource,
  pages: string | undefined,
  signal: AbortSignal,
): Promise<Result<Place>> {
  const wanted = pages?.trim() === '' ? undefined : pages?.trim();
  const read = await documents.read(file, { ...(entry === undefined ? {} : { entry }), signal });
  if (!read.ok) return read;
  const isArchive = read.value.format === 'zip' || read.value.format === 'tar';
  if (!isArchive || wanted === undefined || select(read.value, wanted).ok)
    return ok({ content: read.value, entry, rest: wanted });
  const inner = entry === undefined ? wanted : `${entry}!/${wanted}`;
  const found = await documents.read(file, { entry: inner, signal });
  return found.ok ? ok({ content: found.value, entry: inner, rest: undefined }) : found;
}

interface OpenDocument extends Pick<DocumentSource, 'source' | 'readAt'> {
  readonly content: DocumentContent;
  readonly pictures: PictureReader;
}

async function showBeginning(document: OpenDocument, context: ToolContext): Promise<ToolResult> {
  const { content, source } = document;
  const pieces = everything(content);
  const isSmall = pieces.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS;
  const shown = await show(pieces, document, isSmall ? MOST_CHARACTERS : BEGINNING, context);
  const isImage = content.format === 'image';
  if (isImage && shown.evidence.length === 0)
    return failure(`${source} is a picture. ${shown.faults.join(' ')}`);
  const outline = isSmall ? '' : outlineOf(content);
  return {
    ok: true,
    content: [isImage ? '' : headOf(source, content), outline, ...shown.blocks, shown.more]
      .filter((block) => block !== '')
      .join('\n\n'),
    preview: `${source}: ${content.format}, ${isImage ? 'read by a model' : extentOf(content)}`,
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
  const within = pages === undefined ? ok(addressed(content)) : select(content, pages);
  if (!within.ok) return failure(`${source}: ${within.fault.message}`);
  const { read, unread, fault } = await withPicturesRead(within.value, document.pictures);
  const unsearched = notSearched(unread, fault);
  const isWhole = read === within.value && pages === undefined;
  const found = await find(read, query, context.signal, isWhole ? content : undefined);
  if (found.passages.length === 0) {
    const text = `Nothing in ${source} matches “${query}”: neither the phrase nor one of its words. It has ${extentOf(content)}.`;
    const whole = [text, unsearched].filter((block) => block !== '').join('\n\n');
    return { ok: true, content: whole, preview: `No match in ${source}`, evidence: [] };
  }
  const shown = await show(found.passages, document, MOST_FOUND, context);
  const head =
    found.how === 'exact'
      ? `“${query}” stands ${times(found.matches)} in ${source}.`
      : `“${query}” does not stand in ${source} as a phrase. Passages with its words, the best first:`;
  return {
    ok: true,
    content: [head, unsearched, ...shown.blocks, shown.more].filter((block) => block !== '').join('\n\n'),
    preview:
      found.how === 'exact'
        ? `${times(found.matches)} in ${source}`
        : `${found.passages.length} passages of ${source}`,
    evidence: shown.evidence,
  };
}

/** Says which places have no text to search; empty with none. */
function notSearched(unread: readonly Piece[], fault = 'Ask for them with pages, some at a time.'): string {
  return unread.length === 0 ? '' : `(Not searched, as they have no text: ${addressOfAll(unread)}. ${fault})`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);

interface Shown {
  readonly blocks: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Why pictures could not be read, each reason once. */
  readonly faults: readonly string[];
  /** How to go on; empty where all was shown. */
  readonly more: string;
}

/** As many whole pieces as the budget holds, one at least; the others are named, never cut off in silence. */
async function show(
  pieces: readonly Piece[],
  document: OpenDocument,
  budget: number,
  { cite }: ToolContext,
): Promise<Shown> {
  const { source, readAt, pictures } = document;
  const blocks: string[] = [];
  const evidence: Evidence[] = [];
  const faults = new Set<string>();
  let left = budget;
  let count = 0;
  for (const given of pieces) {
    if (count > 0 && (given.text.length > left || (isPicture(given) && pictures.isSpent))) break;
    const seen = isPicture(given) ? await pictures.read(given) : ok(given);
    const piece = seen.ok ? seen.value : given;
    count++;
    left -= piece.text.length;
    if (piece.text.trim() === '') {
      blocks.push(emptyPlace(document, piece, seen.ok ? undefined : seen.fault.message, faults));
      continue;
    }
    const cited = await cite({
      source,
      title: titleOf(document, piece),
      locator: piece.locator,
      text: piece.text,
      ...(readAt === undefined ? {} : { readAt }),
    });
    evidence.push(cited);
    blocks.push(describeEvidence(cited));
  }
  return { blocks, evidence, faults: [...faults], more: whatIsLeft(pieces.slice(count)) };
}

/** A line for a place with nothing to show; a reason is told where it is a new one. */
function emptyPlace(
  { content }: OpenDocument,
  piece: Piece,
  fault: string | undefined,
  told: Set<string>,
): string {
  const place = `${ONE[countingOf(content)]} ${piece.address}`;
  if (fault === undefined)
    return `(${place} has ${piece.picture === undefined ? 'no text' : 'neither text nor pictures'})`;
  const isNew = !told.has(fault);
  told.add(fault);
  return `(${place} has no text: it is a picture, or blank.${isNew ? ` ${fault}` : ''})`;
}

function whatIsLeft(pieces: readonly Piece[]): string {
  if (pieces.length === 0) return '';
  const characters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const pictures = pieces.filter(isPicture).length;
  const left = [
    ...(characters > 0 ? [`${characters.toLocaleString('en')} characters`] : []),
    ...(pictures > 0 ? [`${pictures} ${pictures === 1 ? 'picture' : 'pictures'}`] : []),
  ].join(' and ');
  return `(${left} are left: to go on, call read_document with pages "${addressOfAll(pieces)}", or with find for some words)`;
}

/** What the document calls itself and the headings above; its name where it has neither. */
function titleOf({ content, source }: OpenDocument, piece: Piece): string {
  const steps = piece.title === '' ? [] : piece.title.split(' › ');
  if (piece.picture !== undefined) return piece.title;
  const title = content.title !== undefined && content.title !== steps[0] ? [content.title, ...steps] : steps;
  return title.length === 0 ? nameInWords(source) : title.join(' › ');
}
