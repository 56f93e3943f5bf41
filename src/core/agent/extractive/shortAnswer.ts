/** The shortest span that answers, or the whole sentence where none stands out. */
import { stem, words } from '../../common/text';
import { distance } from './features';
import type { Question } from './questionType';
import type { Ranked } from './sentenceScore';
import { addsSomething, type Span } from './spans';
import { cellsOf, type Unit } from './units';

export function shortAnswer({ indexed, spans }: Ranked, question: Question): string {
  const { unit } = indexed;
  const cell = cellFor(unit, question);
  if (cell !== undefined) return cell;
  const covered = question.terms.filter((term) => indexed.own.has(term));
  const [best] = [...spans].sort(
    (a, b) => rating(b, unit, covered, question) - rating(a, unit, covered, question),
  );
  if (best !== undefined) return tidy(best.text);
  return valueOf(unit.text, question) ?? tidy(unit.text);
}

function rating(span: Span, unit: Unit, covered: readonly string[], question: Question): number {
  const gap = distance(unit.text, span, covered);
  const before = unit.text.slice(Math.max(0, span.start - 24), span.start);
  const led = question.type === 'person' && /\bby\s+(?:the\s+)?$/i.test(before) ? 0.5 : 0;
  const full = question.type === 'date' ? dateRating(span.text, question) : 0;
  const united = question.type === 'number' && unitFits(span, unit, question) ? 0.4 : 0;
  return span.quality + led + full + united + 1 / (1 + gap / 3);
}

/** A whole date before a year, a year before a time of day, which is wanted only where it is asked for. */
function dateRating(text: string, question: Question): number {
  if (/\d{1,2}:\d{2}/.test(text))
    return /\btime\b|\bo'clock\b|\bhour\b|\buhr\b/i.test(question.text) ? 0.6 : -0.6;
  return /\d{4}/.test(text) && /\p{L}|-/u.test(text) ? 0.15 : 0;
}

/** `how many metres`: the word behind the number is one of the question's. */
function unitFits(span: Span, unit: Unit, question: Question): boolean {
  const after = unit.text.slice(span.start, span.start + span.text.length + 24);
  const found = new Set(words(after).map(stem));
  return question.focus !== undefined && found.has(question.focus)
    ? true
    : question.terms.slice(0, 2).some((term) => found.has(term));
}

/** The cell of a row under the column that the question asks for. */
function cellFor({ text, columns }: Unit, question: Question): string | undefined {
  if (columns.length < 2) return undefined;
  const cells = cellsOf(text);
  const asked = new Set(question.terms);
  const rated = columns.map((column, i) => {
    const terms = words(column.replace(/_/g, ' ')).map(stem);
    const value = cells[i] ?? '';
    const named = terms.filter((term) => asked.has(term) || term === question.focus).length;
    const shaped = shapeFits(value, question) ? 0.5 : 0;
    return {
      value,
      rating:
        value === '' || !addsSomething(value, question) ? -1 : named / Math.max(1, terms.length) + shaped,
    };
  });
  const best = rated.reduce((a, b) => (b.rating > a.rating ? b : a), { value: '', rating: 0 });
  return best.rating > 0 ? best.value : undefined;
}

function shapeFits(value: string, question: Question): boolean {
  switch (question.type) {
    case 'date':
      return /^\d{4}(?:-\d{2})?/.test(value);
    case 'number':
      return /^[€$£<>~]?\s*-?\d[\d.,\s]*\D{0,8}$/.test(value) && !/^\d{4}-\d{2}/.test(value);
    case 'person':
      return /^\p{Lu}\p{L}+/u.test(value);
    case 'code':
      return /\d/.test(value) && !/^\d{4}(?:-\d{2}-\d{2})?$/.test(value);
    case 'place':
    case 'thing':
    case 'account':
    case 'polar':
      return false;
  }
}

/** `Key: value` and `"key": "value"` where the key is asked for. */
function valueOf(text: string, question: Question): string | undefined {
  const [, key = '', value = ''] =
    /^"?([^":]{2,40}?)"?\s*[:=]\s*(.{1,120}?),?$/u.exec(text.replace(/\*\*/g, '')) ?? [];
  const terms = words(key.replace(/_/g, ' ')).map(stem);
  if (value === '' || !terms.some((term) => question.terms.includes(term) || term === question.focus))
    return undefined;
  return tidy(value.replace(/^"|"$/g, ''));
}

const tidy = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[,;:]$/, '')
    .trim();
