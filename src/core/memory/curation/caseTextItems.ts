/** Lists in the editable text of a case: items that may go on over indented lines, as in Markdown. */
import type { Fault, Result } from '../../common/result';

/** What cannot be read, with its line. */
export interface CaseTextFault extends Fault {
  /** 1-based. */
  readonly line: number;
}

/** `problem` completes “Line 3:”, with no full stop. */
export const unreadable = (line: number, problem: string): Result<never, CaseTextFault> => ({
  ok: false,
  fault: { code: 'bad-arguments', line, message: `Line ${line}: ${problem}.` },
});

/** Some lines of the text. */
export interface Lines {
  /** Of the first one, 1-based. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface Item {
  readonly line: number;
  /** `-`, or the task's number. */
  readonly marker: string;
  readonly text: string;
}

export interface ItemKind {
  /** Of an item's first line: marker with its punctuation, marker, text. */
  readonly pattern: RegExp;
  /** What a line has to be, for a person. */
  readonly wanted: string;
}

export const BULLET: ItemKind = {
  pattern: /^(([-*+]))(?: (.*))?$/s,
  wanted: 'begin with “- ”, or indent it to go on with the line above',
};
export const NUMBERED: ItemKind = {
  pattern: /^((\d{1,9})[.)])(?: (.*))?$/s,
  wanted: 'begin a task with its number (“2. …”), or indent it to go on with the task above',
};

/** `marker` with its punctuation. */
export function itemText(marker: string, text: string): string {
  const indent = ' '.repeat(marker.length + 1);
  const [first = '', ...more] = text.split('\n');
  return [`${marker} ${first}`, ...more.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

/** The items, their texts without white space at the ends. */
export function readItems({ line, lines }: Lines, kind: ItemKind): Result<readonly Item[], CaseTextFault> {
  const items: { line: number; marker: string; width: number; lines: string[] }[] = [];
  for (const [i, text] of lines.entries()) {
    const [, punctuated, marker, rest = ''] = kind.pattern.exec(text) ?? [];
    const last = items.at(-1);
    if (punctuated !== undefined && marker !== undefined) {
      items.push({ line: line + i, marker, width: punctuated.length + 1, lines: [rest] });
    } else if (text.trim() === '' || (last && /^[ \t]/.test(text))) {
      last?.lines.push(withoutIndent(text, last.width));
    } else {
      return unreadable(line + i, kind.wanted);
    }
  }
  const texts = items.map((item) => ({
    line: item.line,
    marker: item.marker,
    text: item.lines.join('\n').trim(),
  }));
  return { ok: true, value: texts };
}

const withoutIndent = (line: string, width: number): string =>
  line.replace(new RegExp(`^(?:\\t| {1,${width}})`), '');
