/** A case as a text that a person can edit, and what an edited one changes. */
import { ok, type Result } from '../../common/result';
import type { Ids } from '../../ports';
import type { Case, CaseEdit, Lesson } from '../case';
import { BULLET, type CaseTextFault, itemText, type Lines, readItems, unreadable } from './caseTextItems';
import { planText, readPlan } from './caseTextPlan';
import { LONGEST_LESSON, MOST_LESSONS } from '../lesson';

export type { CaseTextFault } from './caseTextItems';

const SECTIONS = ['Question', 'Short answer', 'Answer', 'Plan', 'Tags', 'Lessons'] as const;
type Section = (typeof SECTIONS)[number];

const HEADING = new RegExp(`^# (${SECTIONS.join('|')})\\s*$`, 'i');
/** What would be a heading but for backslashes. */
const ESCAPED = new RegExp(`^\\\\+${HEADING.source.slice(1)}`, 'i');

const HINT = '<!-- Save to change the case. A task: “2. What to do (after 1)”. Tags and lessons: “- …”. -->';

/** Markdown with a heading for each part that can be changed; lines end with LF. */
export function caseText(record: Case): string {
  const bodies: Readonly<Record<Section, string>> = {
    Question: freeText(record.question),
    'Short answer': freeText(record.shortAnswer),
    Answer: freeText(record.answer),
    Plan: planText(record.plan.map((task) => ({ ...task, description: plain(task.description) }))),
    Tags: bullets(record.tags),
    Lessons: bullets(record.lessons.map(({ text }) => text)),
  };
  const sections = SECTIONS.map((section) => {
    const body = bodies[section];
    return body === '' ? `# ${section}\n` : `# ${section}\n\n${body}\n`;
  });
  return `${HINT}\n\n${sections.join('\n')}`;
}

/**
 * What the text changes of the case that it is a text of. A section that reads as the case's own, but for white space at
 * the ends of its lines, changes nothing, whatever is in it. A new lesson gets an id of `ids`.
 */
export function parseCaseText(
  text: string,
  record: Case,
  ids: Pick<Ids, 'next'>,
): Result<CaseEdit, CaseTextFault> {
  const edited = sectionsOf(text);
  if (!edited.ok) return edited;
  const before = sectionsOf(caseText(record));
  if (!before.ok) throw new Error(`The text of a case cannot be read: ${before.fault.message}`);
  let changes: CaseEdit = {};
  for (const section of SECTIONS) {
    const body = edited.value.get(section) ?? { line: 1, lines: [] };
    if (comparable(body) === comparable(before.value.get(section))) continue;
    const change = readSection(section, body, record, ids);
    if (!change.ok) return change;
    if (!isAsBefore(change.value, record)) changes = { ...changes, ...change.value };
  }
  return ok(changes);
}

const isAsBefore = (
  change: CaseEdit,
  { question, shortAnswer, answer, plan, tags, lessons }: Case,
): boolean => {
  const before = { question, shortAnswer, answer, plan, tags, lessons };
  return JSON.stringify({ ...before, ...change }) === JSON.stringify(before);
};

function readSection(
  section: Section,
  body: Lines,
  { lessons }: Case,
  ids: Pick<Ids, 'next'>,
): Result<CaseEdit, CaseTextFault> {
  switch (section) {
    case 'Question': {
      const question = readFreeText(body).trim();
      if (question === '') return unreadable(body.line - 1, 'the question is missing');
      return ok({ question });
    }
    case 'Short answer':
      return ok({ shortAnswer: readFreeText(body).trim() });
    case 'Answer':
      return ok({ answer: readFreeText(body) });
    case 'Plan': {
      const plan = readPlan(body);
      return plan.ok ? ok({ plan: plan.value }) : plan;
    }
    case 'Tags': {
      const tags = readItems(body, BULLET);
      if (!tags.ok) return tags;
      return ok({ tags: [...new Set(tags.value.map(({ text }) => text))].filter((tag) => tag !== '') });
    }
    case 'Lessons': {
      const read = readLessons(body, lessons, ids);
      return read.ok ? ok({ lessons: read.value }) : read;
    }
  }
}

function readLessons(
  body: Lines,
  before: readonly Lesson[],
  ids: Pick<Ids, 'next'>,
): Result<readonly Lesson[], CaseTextFault> {
  const read = readItems(body, BULLET);
  if (!read.ok) return read;
  const items = read.value.filter(({ text }) => text !== '');
  const tooMany = items[MOST_LESSONS];
  if (tooMany) return unreadable(tooMany.line, `a case has ${MOST_LESSONS} lessons at most`);
  const tooLong = items.find(({ text }) => text.length > LONGEST_LESSON);
  if (tooLong) {
    const length = tooLong.text.length;
    return unreadable(tooLong.line, `a lesson has ${LONGEST_LESSON} characters at most, this one ${length}`);
  }
  return ok(
    identified(
      items.map(({ text }) => text),
      before,
      ids,
    ),
  );
}

/**
 * A lesson of the same text is the same lesson, and one in the place of a lesson that is gone is that one, reworded: what
 * counts for them goes on counting.
 */
function identified(texts: readonly string[], before: readonly Lesson[], ids: Pick<Ids, 'next'>): Lesson[] {
  const left = new Map(before.map((lesson) => [lesson.id, plain(lesson.text).trim()]));
  const same = texts.map((text) => {
    const id = [...left].find(([, known]) => known === text)?.[0];
    if (id !== undefined) left.delete(id);
    return id;
  });
  return texts.map((text, i) => {
    const inPlace = before[i]?.id ?? '';
    return { id: same[i] ?? (left.delete(inPlace) ? inPlace : ids.next()), text };
  });
}

/** The lines of each section, which is there once. */
function sectionsOf(text: string): Result<ReadonlyMap<Section, Lines>, CaseTextFault> {
  const found = new Map<Section, { line: number; lines: string[] }>();
  let current: string[] | undefined;
  let stray: number | undefined;
  for (const [i, line] of plain(text).split('\n').entries()) {
    const section = sectionNamed(HEADING.exec(line)?.[1]);
    if (section === undefined) {
      if (current) current.push(line);
      else if (line.trim() !== '' && line.trim() !== HINT) stray ??= i + 1;
      continue;
    }
    if (found.has(section)) return unreadable(i + 1, `there is a second heading “# ${section}”`);
    current = [];
    found.set(section, { line: i + 2, lines: current });
  }
  const missing = SECTIONS.find((section) => !found.has(section));
  if (missing !== undefined) {
    return unreadable(stray ?? 1, `the heading “# ${missing}” is missing; what is under it may be empty`);
  }
  return stray === undefined ? ok(found) : unreadable(stray, 'this is under no heading');
}

const sectionNamed = (name: string | undefined): Section | undefined =>
  SECTIONS.find((section) => section.toLowerCase() === name?.toLowerCase());

/** What editors and files make of any text: LF, and no half of a surrogate pair, which has no UTF-8. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\p{Cs}/gu, '\ufffd');

const bullets = (texts: readonly string[]): string =>
  texts.map((text) => itemText('-', plain(text))).join('\n');

const freeText = (text: string): string =>
  plain(text)
    .split('\n')
    .map((line) => (HEADING.test(line) || ESCAPED.test(line) ? `\\${line}` : line))
    .join('\n');

/** Without the blank lines around it. */
const readFreeText = ({ lines }: Lines): string =>
  lines
    .map((line) => (ESCAPED.test(line) ? line.slice(1) : line))
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();

const comparable = (body: Lines | undefined): string =>
  (body?.lines ?? [])
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
