/** Rich Text Format 1.9: its text and tables, without its looks. */
import { ok, type Result } from '../../core/common/result';
import { WebTextDecoder } from '../../core/common/webTextDecoder';
import type { DocumentContent } from '../../core/ports';
import { markdownTable, onlyHeading, sectionParts, type TextBlock } from '../markup/blocks';
import type { Source } from '../source';

/** Groups that hold no text of the document; so do all that begin with `\*`. */
const NOT_TEXT = new Set(
  'fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable rsidtbl generator themedata datastore latentstyles xmlnstbl object fldinst bkmkstart bkmkend nonshppict'.split(
    ' ',
  ),
);
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
};
const TOKEN =
  /\\u(-?\d{1,6}) ?|\\'([0-9a-f]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|[\r\n]+|[^\\{}\r\n]+/gis;

export function readRtf(source: Source): Result<DocumentContent> {
  const text = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length).toString(
    'latin1',
  );
  const blocks = new Reader(text).blocks();
  const isWhole = text.trimEnd().endsWith('}') || text.trimEnd().endsWith('\0');
  const notes = isWhole ? [] : ['The file is cut off: its end is missing.'];
  return ok({
    format: 'rtf',
    title: titleOf(text) ?? onlyHeading(blocks),
    parts: sectionParts(blocks),
    notes,
  });
}

const LONGEST_STYLES = 300_000;

/** Styles of paragraphs that are headings, by outline level or by name (RTF 1.9.1, style sheet). */
function headingStyles(text: string): ReadonlyMap<number, number> {
  const start = text.indexOf('{\\stylesheet');
  const sheet = start < 0 ? '' : text.slice(start, start + LONGEST_STYLES);
  const levels = new Map<number, number>();
  for (const [, style, rest = ''] of sheet.matchAll(/\{\\s(\d{1,5})\b((?:[^{}]|\{[^{}]*\})*);\}/g)) {
    const outline = /\\outlinelevel([0-5])\b/.exec(rest)?.[1];
    const level = outline === undefined ? /\bheading ([1-6])$/i.exec(rest)?.[1] : Number(outline) + 1;
    if (level !== undefined) levels.set(Number(style), Number(level));
  }
  return levels;
}

/** As its properties say in plain characters. */
const titleOf = (text: string): string | undefined =>
  /\{\\info\b.{0,2000}?\{\\title ([^{}\\]+)\}/s.exec(text.slice(0, LONGEST_STYLES))?.[1]?.trim();

interface State {
  skip: boolean;
  /** How many characters stand in for one that old programs do not know (`\uc`). */
  standIns: number;
  /** In a footnote or endnote. */
  isNote: boolean;
  isRaised: boolean;
  /** Of the paragraph, a heading's; 0 of any other. */
  level: number;
}

const BEGINNING: State = { skip: false, standIns: 1, isNote: false, isRaised: false, level: 0 };

class Reader {
  readonly #text: string;
  readonly #blocks: TextBlock[] = [];
  readonly #stack: State[] = [];
  #state: State = { ...BEGINNING };
  #decoder = new WebTextDecoder('windows-1252');
  #paragraph = '';
  #bytes: number[] = [];
  /** Characters still to be passed over after a Unicode one. */
  #passOver = 0;
  /** Of headings, by the number of their style. */
  readonly #levels: ReadonlyMap<number, number>;
  #inTable = false;
  #cells: string[] = [];
  #rows: string[][] = [];

  constructor(text: string) {
    this.#text = text;
    this.#levels = headingStyles(text);
  }

  blocks(): TextBlock[] {
    for (const match of this.#text.matchAll(TOKEN)) this.#take(match);
    this.#endParagraph();
    this.#endTable();
    return this.#blocks;
  }

  #take([token, unicode, hex, word, parameter, symbol, brace]: RegExpMatchArray): void {
    if (hex !== undefined) {
      if (this.#passOver > 0) this.#passOver--;
      else if (!this.#state.skip) this.#bytes.push(parseInt(hex, 16));
      return;
    }
    this.#flushBytes();
    if (brace === '{') {
      this.#stack.push({ ...this.#state });
    } else if (brace === '}') {
      this.#endGroup();
    } else if (unicode !== undefined) {
      this.#write(String.fromCharCode(Number(unicode) & 0xffff));
      this.#passOver = this.#state.standIns;
    } else if (word !== undefined) {
      this.#control(word.toLowerCase(), parameter === undefined ? undefined : Number(parameter));
    } else if (symbol !== undefined) {
      this.#symbol(symbol);
    } else if (!/^[\r\n]/.test(token)) {
      const passed = Math.min(this.#passOver, token.length);
      this.#passOver -= passed;
      this.#write(token.slice(passed));
    }
  }

  #control(word: string, parameter: number | undefined): void {
    if (word === 'footnote') this.#beginNote();
    else if (this.#state.skip) return;
    else if (NOT_TEXT.has(word)) this.#state.skip = true;
    // What a tracked change took out.
    else if (word === 'deleted') this.#state.skip = parameter !== 0;
    else if (word === 's') this.#state.level = this.#levels.get(parameter ?? 0) ?? this.#state.level;
    else if (word === 'super') this.#state.isRaised = parameter !== 0;
    else if (word === 'nosupersub' || word === 'plain') this.#state.isRaised = false;
    else if (word === 'uc') this.#state.standIns = parameter ?? 1;
    else if (word === 'ansicpg') this.#setCodePage(parameter ?? 1252);
    else if (word === 'par' || word === 'sect' || word === 'page') this.#endParagraph();
    else if (word === 'pard') this.#resetParagraph();
    else if (word === 'intbl') this.#inTable = true;
    else if (word === 'outlinelevel') this.#state.level = (parameter ?? 9) < 6 ? (parameter ?? 0) + 1 : 0;
    else if (word === 'cell' || word === 'nestcell') this.#endCell();
    else if (word === 'row' || word === 'nestrow') this.#endRow();
    else this.#write(CHARACTERS[word] ?? '');
  }

  /** A note stands in brackets where its mark is. */
  #beginNote(): void {
    this.#state.skip = false;
    this.#state.isNote = true;
    this.#write(' (note: ');
  }

  #endGroup(): void {
    const ended = this.#state;
    this.#state = this.#stack.pop() ?? { ...BEGINNING };
    if (ended.isNote && !this.#state.isNote) this.#paragraph = `${this.#paragraph.trimEnd()})`;
  }

  #resetParagraph(): void {
    if (this.#state.isNote) return;
    this.#state.level = 0;
    this.#inTable = false;
  }

  #symbol(symbol: string): void {
    if (symbol === '*') this.#state.skip = true;
    else if (symbol === '~') this.#write('\u00a0');
    else if (symbol === '_') this.#write('-');
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph();
    else if ('\\{}'.includes(symbol)) this.#write(symbol);
  }

  #setCodePage(page: number): void {
    try {
      this.#decoder = new WebTextDecoder(
        page === 932
          ? 'shift_jis'
          : page === 936
            ? 'gbk'
            : page === 949
              ? 'euc-kr'
              : page === 950
                ? 'big5'
                : `windows-${page}`,
      );
    } catch {
      // One that nobody knows: most documents are in this one.
      this.#decoder = new WebTextDecoder('windows-1252');
    }
  }

  #write(text: string): void {
    if (this.#state.skip) return;
    // A raised number must not read as part of the one before it.
    const mark = this.#state.isRaised && /^-?\d+$/.test(text) ? '^' : '';
    // The bullet of Microsoft's symbol font.
    this.#paragraph += mark + text.replaceAll('\uf0b7', '•');
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.#write(this.#decoder.decode(bytes));
  }

  #endCell(): void {
    this.#cells.push(this.#paragraph.trim());
    this.#paragraph = '';
  }

  #endRow(): void {
    if (this.#cells.length > 0) this.#rows.push(this.#cells);
    this.#cells = [];
  }

  #endTable(): void {
    if (this.#rows.length > 0) this.#blocks.push({ level: 0, text: markdownTable(this.#rows) });
    this.#rows = [];
  }

  #endParagraph(): void {
    const text = this.#paragraph.replace(/[ \t\u00a0]+/g, ' ').trim();
    // Inside a cell a paragraph ends no block.
    if (this.#inTable || this.#state.isNote) {
      this.#paragraph = `${text} `;
      return;
    }
    this.#paragraph = '';
    if (text === '') return;
    this.#endTable();
    this.#blocks.push({ level: this.#state.level, text });
  }
}
