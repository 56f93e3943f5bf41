/**
 * A question about the user's own folder, to begin with: made of what stands there, without a model or the index, and
 * only one that the extractive pair finds an answer to in the document that it was made of.
 */
import { decodeText } from '../../common/decodeText';
import type { DocumentReader, Encoder, FileEntry, Files } from '../../ports';
import { INDEXED_DOCUMENTS } from '../../tools/document/indexed';
import type { Evidence } from '../../tools/evidence';
import { linesOf } from '../../tools/search/lines';
import { markdownOutline } from '../../tools/search/blocks';
import { answerFrom } from './answer';
import { candidatesOf } from './sampleCandidates';

export interface SampleSources {
  readonly files: Files;
  readonly documents: DocumentReader;
}

/** Files listed, files read, characters read of each, and what a document that is no text may weigh. */
const [MOST_LISTED, MOST_READ, MOST_CHARACTERS, MOST_BYTES] = [2_000, 12, 6_000, 5_000_000];
/** Questions tried on one document. */
const MOST_TRIED = 16;

const PROSE = /\.(?:md|markdown|mdx|rst|txt|adoc|org|tex|html?)$/i;
const DOCUMENT = new RegExp(String.raw`\.(?:${INDEXED_DOCUMENTS.join('|')})$`, 'i');
const CODE = /\.(?:py|js|mjs|ts|tsx|jsx|java|go|rs|c|cc|cpp|h|hpp|cs|rb|php|r|jl|swift|kt|scala|sh|sql)$/i;
/** What says little of a folder, whatever it is called. */
const BESIDE =
  /(?:^|\/)(?:changelog|changes|history|licen[cs]e|copying|contributing|code_of_conduct|security|third[-_]party|requirements|package-lock)\b/i;

/** Undefined where nothing is readable, or nothing in it makes a question. */
export async function sampleQuestion(
  { files, documents }: SampleSources,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { files: listed } = await files.list({ limit: MOST_LISTED, signal });
  const promising = listed
    .filter(({ path, size }) => size > 0 && size <= MOST_BYTES && rankOf(path) < Infinity)
    .sort((a, b) => rankOf(a.path) - rankOf(b.path) || a.path.localeCompare(b.path));
  for (const file of promising.slice(0, MOST_READ)) {
    const text = await textOf(file, { files, documents }, signal);
    const question = text === undefined ? undefined : await answerable(file.path, text, signal);
    if (question !== undefined) return question;
  }
  return undefined;
}

/** README first, then notes and documents near the top, then code; infinite for what is not read. */
function rankOf(path: string): number {
  const depth = path.split('/').length - 1;
  const kind = PROSE.test(path) ? 0 : DOCUMENT.test(path) ? 1 : CODE.test(path) ? 20 : Infinity;
  const readme = /(?:^|\/)readme\b[^/]*$/i.test(path) ? -1 : 0;
  return kind + 2 * depth + readme + (BESIDE.test(path) ? 40 : 0);
}

async function textOf(
  { path }: FileEntry,
  { files, documents }: SampleSources,
  signal: AbortSignal,
): Promise<string | undefined> {
  const read = await files.bytes(path, { maxBytes: MOST_BYTES, signal });
  if (!read.ok) return undefined;
  if (!DOCUMENT.test(path)) return decodeText(read.value)?.slice(0, MOST_CHARACTERS);
  const document = await documents.read({ name: path, bytes: read.value }, { signal });
  if (!document.ok) return undefined;
  const { title, parts } = document.value;
  const body = parts.map(({ text }) => text).join('\n\n');
  return `${title === undefined ? '' : `# ${title}\n\n`}${body}`.slice(0, MOST_CHARACTERS);
}

/** The first question that the pair itself finds supported, were this text all that it had found. */
async function answerable(path: string, text: string, signal: AbortSignal): Promise<string | undefined> {
  const outline = markdownOutline(linesOf(text).map(({ start, end }) => text.slice(start, end)));
  const headings = new Set(
    outline.blocks.flatMap(({ kind, headings }) => (kind === 'heading' ? headings.slice(-1) : [])),
  );
  const isCode = CODE.test(path);
  const candidates = candidatesOf({
    title: isCode ? undefined : outline.title,
    headings: [...headings],
    text,
    isCode,
    isReadme: /(?:^|\/)readme\b[^/]*$/i.test(path),
  });
  const evidence = [evidenceOf(path, outline.title ?? path, text)];
  for (const question of [...new Set(candidates)].slice(0, MOST_TRIED)) {
    const answer = await answerFrom(question, evidence, WORDS_ONLY, { signal });
    if (!answer.abstained) return question;
  }
  return undefined;
}

const evidenceOf = (source: string, title: string, text: string): Evidence => ({
  id: 'e1',
  callId: 'c1',
  source,
  title,
  locator: { kind: 'lines', start: 1, end: linesOf(text).length },
  text,
  hash: '',
  readAt: 0,
});

/** The encoder would have to be loaded first; without vectors the pair is only harder to please. */
const WORDS_ONLY: Encoder = {
  id: 'none',
  dimensions: 0,
  encode: (texts) => Promise.resolve(texts.map(() => undefined)),
  dispose: () => Promise.resolve(),
};
