/**
 * Evidence cut into what an answer may quote: sentences of prose, rows of tables, lines of data and code, each with the
 * words around it that say what it is about.
 */
import { sentences } from '../../common/sentences';
import type { Evidence } from '../../tools/evidence';

export interface Unit {
  readonly evidence: Evidence;
  /** `evidence.text.slice(start, end)`. */
  readonly text: string;
  /** UTF-16 offsets into the evidence's text. */
  readonly start: number;
  readonly end: number;
  /** Path, title and headings, a table's header, the line that opens a list. */
  readonly context: string;
  /** What stands before it in the same passage: what a pronoun refers to. */
  readonly before: string;
  /** The question that it follows, in an interview. */
  readonly asked: string;
  /** The header's cells, for a row of a table. */
  readonly columns: readonly string[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const DELIMITED = /\.(?:csv|tsv)$/i;
const BY_LINE = /\.(?:json|jsonl|ya?ml|toml|ini|cfg|conf|py|js|ts|mjs|r|sh|sql|c|cc|cpp|h|java|go|rs|log)$/i;
/** How much of what stands before a sentence counts, in characters. */
const LONGEST = 600;
const LISTED = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;

/** Every unit of the evidence, the same words of one source once. */
export function unitsOf(evidence: readonly Evidence[]): Unit[] {
  const seen = new Set<string>();
  return evidence
    .flatMap((item) => {
      if (DELIMITED.test(item.source)) return rows(item, headerOf(item, evidence));
      return BY_LINE.test(item.source) ? lines(item) : prose(item);
    })
    .filter((unit) => {
      const key = `${unit.evidence.source}\n${unit.text}\n${unit.columns.length > 0 ? unit.start : ''}`;
      return seen.has(key) ? false : seen.add(key) !== undefined;
    });
}

const about = (item: Evidence) => `${item.source.replace(/[/_.-]+/g, ' ')} · ${item.title}`;

function unit(
  item: Evidence,
  at: Stretch,
  context: string,
  before: string,
  columns: readonly string[],
): Unit {
  return {
    evidence: item,
    text: item.text.slice(at.start, at.end),
    ...at,
    context,
    before,
    asked: '',
    columns,
  };
}

/** Lines that are not blank, without the white space around them. */
function lineStretches(text: string): Stretch[] {
  return Array.from(text.matchAll(/[^\r\n]+/g), (match) => {
    const start = match.index + match[0].length - match[0].trimStart().length;
    return { start, end: start + match[0].trim().length };
  }).filter(({ start, end }) => end > start);
}

/** The cells of one line; quotes keep a delimiter inside a cell. */
export function cellsOf(line: string): string[] {
  if (line.trimStart().startsWith('|'))
    return line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const delimiter = line.includes('\t') ? '\t' : line.includes(';') && !line.includes(',') ? ';' : ',';
  return Array.from(
    line.matchAll(new RegExp(`(?:^|${delimiter})("(?:[^"]|"")*"|[^${delimiter}]*)`, 'g')),
    ([, cell = '']) => cell.replace(/^"|"$/g, '').trim(),
  );
}

const startsAt = (item: Evidence) => (item.locator.kind === 'lines' ? item.locator.start : 1);

/** The first line of the file, from this passage or another one that has it. */
function headerOf(item: Evidence, all: readonly Evidence[]): string | undefined {
  const first = all.find((other) => other.source === item.source && startsAt(other) === 1) ?? undefined;
  return first?.text.split(/\r?\n/, 1)[0];
}

function rows(item: Evidence, header: string | undefined): Unit[] {
  const columns = header === undefined ? [] : cellsOf(header);
  const context = `${about(item)} · ${columns.join(' ').replace(/_/g, ' ')}`;
  return lineStretches(item.text)
    .filter(({ start, end }) => item.text.slice(start, end) !== header?.trim())
    .map((at) => unit(item, at, context, '', columns));
}

/** Lines of data or code: those around say whose they are; a comment goes with the line that it explains. */
function lines(item: Evidence): Unit[] {
  const all = lineStretches(item.text);
  return all.flatMap(({ start, end }, i) => {
    const text = item.text.slice(start, end);
    if (!/[\p{L}\p{N}]/u.test(text) || isComment(item.text, all[i - 1])) return [];
    const next = all[i + 1];
    const to = isComment(item.text, { start, end }) && next !== undefined ? next.end : end;
    const from = all[Math.max(0, i - 4)]?.start ?? start;
    const until = all[Math.min(all.length - 1, i + 4)]?.end ?? end;
    const near = `${item.text.slice(from, start)} ${item.text.slice(to, Math.max(to, until))}`;
    const record = recordAround(item.text, start);
    const context = record === '' ? about(item) : `${about(item)} · ${record}`;
    return [unit(item, { start, end: to }, context, near, [])];
  });
}

/** The object of a JSON file that a line belongs to, which says whose value it is; empty outside of a short one. */
function recordAround(text: string, at: number): string {
  let depth = 0;
  let from = at - 1;
  for (; from >= 0 && at - from < LONGEST; from--) {
    if (text[from] === '}') depth++;
    else if (text[from] === '{' && depth-- === 0) break;
  }
  const to = text.indexOf('}', at);
  const found = from >= 0 && text[from] === '{' && to >= 0;
  return found && /"\s*:/.test(text.slice(from, to))
    ? text.slice(from + 1, Math.min(to, from + LONGEST))
    : '';
}

const isComment = (text: string, at: Stretch | undefined): boolean =>
  at !== undefined && /^(?:#(?!!)|\/\/|--\s)/.test(text.slice(at.start, at.end));

/** What the sentences after it are about. */
interface Setting {
  heading: string;
  /** `The crew:` before a list. */
  leadIn: string;
  /** `**7 February.**` at the start of a paragraph. */
  runIn: Stretch | undefined;
  /** The sentence before, where it is a question. */
  asked: string;
  columns: readonly string[];
}

function prose(item: Evidence): Unit[] {
  const found: Unit[] = [];
  const setting: Setting = { heading: '', leadIn: '', runIn: undefined, asked: '', columns: [] };
  for (const { start, end, text } of sentences(item.text)) {
    const line = item.text.slice(item.text.lastIndexOf('\n', start - 1) + 1, start);
    const made = text.startsWith('|')
      ? tableRow(item, { start, end }, setting)
      : sentence(item, { start, end }, line, setting);
    if (made !== undefined && /[\p{L}\p{N}]/u.test(made.text)) found.push(made);
  }
  return found;
}

const settingOf = (item: Evidence, { heading, leadIn }: Setting, more: readonly string[]) =>
  [about(item), heading, leadIn, ...more].filter((part) => part !== '').join(' · ');

/** Undefined for the header and the line below it. */
function tableRow(item: Evidence, at: Stretch, setting: Setting): Unit | undefined {
  const text = item.text.slice(at.start, at.end);
  const isHeader = setting.columns.length === 0;
  if (isHeader) setting.columns = cellsOf(text);
  if (isHeader || /^[|\s:-]+$/.test(text)) return undefined;
  return unit(item, at, settingOf(item, setting, setting.columns), '', setting.columns);
}

/**
 * Undefined for a heading, a question and the words that open a paragraph in bold: they belong to what follows, and a
 * question answers none.
 */
function sentence(item: Evidence, { start, end }: Stretch, line: string, setting: Setting): Unit | undefined {
  const text = item.text.slice(start, end);
  setting.columns = [];
  if (/^\s*#{1,6}\s/.test(line)) {
    Object.assign(setting, { heading: text, leadIn: '', runIn: undefined, asked: '' });
    return undefined;
  }
  const opensBlock = /^\s*(?:\W*|\d{1,3}[.)]\s*)$/.test(line);
  if (opensBlock && /^(?:\*\*|__)[^*_]{1,60}$/.test(text)) {
    setting.runIn = { start, end };
    return undefined;
  }
  const closes = /^(?:\*\*|__)\s+/.exec(text)?.[0] ?? '';
  const from = setting.runIn !== undefined && closes !== '' ? setting.runIn.start : start + closes.length;
  const runIn =
    setting.runIn === undefined || from < start
      ? ''
      : item.text.slice(setting.runIn.start, setting.runIn.end);
  if (opensBlock && closes === '') setting.runIn = undefined;
  const listed = LISTED.test(line);
  const before = listed && opensBlock ? '' : item.text.slice(Math.max(0, start - LONGEST), start);
  const made = {
    ...unit(item, { start: from, end }, settingOf(item, setting, [runIn]), before, []),
    asked: setting.asked,
  };
  if (text.endsWith(':')) setting.leadIn = text;
  else if (!listed) setting.leadIn = '';
  const asks = /[?？]["”]?$/.test(text);
  setting.asked = asks ? text : '';
  return asks ? undefined : made;
}
