/**
 * Lessons of a judged run, written by a model: a few, of failures too (ReasoningBank, arXiv 2509.25140), as a small
 * addition to what is there (ACE, arXiv 2510.04618).
 */
import * as z from 'zod';
import { extractJson } from '../../common/json';
import { failed, ok, type Result } from '../../common/result';
import { normalise, words } from '../../common/text';
import { LONGEST_LESSON, MOST_LESSONS } from '../../memory/lesson';
import type { ChatMessage, ChatModel, JsonSchema } from '../../ports';
import { lessonPrompt, lessonRepairPrompt, LESSONS_SYSTEM, type LessonSource } from './lessonPrompt';

/** One request, and one repair of a reply that cannot be used. */
export const LESSON_CALLS = 2;

/** At most so many characters of a lesson that is too long are told in the repair. */
const NAMED = 60;
/** A shorter answer (`no`, `18`) is part of too many sentences to tell which of them give it away. */
const TELLING = 4;

const lessonsReply = z.object({ lessons: z.array(z.string()) });

const { $schema: _, ...LESSONS_SCHEMA }: JsonSchema = z.toJSONSchema(lessonsReply, { io: 'input' });

/**
 * Up to MOST_LESSONS new lessons of one line each, none where the model found nothing worth remembering. Rejects with
 * the reason of an aborted signal; every other fault is data.
 */
export async function distilLessons(
  model: ChatModel,
  source: LessonSource,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  const messages: ChatMessage[] = [
    { role: 'system', content: LESSONS_SYSTEM },
    { role: 'user', content: lessonPrompt(source) },
  ];
  const first = await ask(model, messages, signal);
  if (!first.ok) return first;
  const lessons = parseLessons(first.value);
  if (lessons.ok) return ok(newLessons(lessons.value, source));

  messages.push(
    { role: 'assistant', content: first.value },
    { role: 'user', content: lessonRepairPrompt(lessons.fault.message) },
  );
  const second = await ask(model, messages, signal);
  if (!second.ok) return second;
  const repaired = parseLessons(second.value);
  if (repaired.ok) return ok(newLessons(repaired.value, source));
  return failed(
    'bad-reply',
    `The model ${model.id} twice gave a reply that holds no lessons (${repaired.fault.message}).`,
  );
}

async function ask(
  model: ChatModel,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<Result<string>> {
  const reply = await model.complete(
    { messages, schema: { name: 'lessons', schema: LESSONS_SCHEMA } },
    { signal },
  );
  return reply.ok ? ok(reply.value.text) : reply;
}

/** The lessons of a reply, each on one line with nothing in it that steers a terminal or turns text around. */
export function parseLessons(text: string): Result<readonly string[]> {
  const reply = lessonsReply.safeParse(extractJson(text));
  if (!reply.success) return failed('bad-reply', 'the reply is not an object with a list of lessons');
  const lessons = reply.data.lessons.map(oneLine).filter((lesson) => lesson !== '');
  const long = lessons.find((lesson) => lesson.length > LONGEST_LESSON);
  if (long === undefined) return ok(lessons);
  return failed(
    'bad-reply',
    `the lesson “${long.slice(0, NAMED)}…” is longer than ${LONGEST_LESSON} characters`,
  );
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();

/** The first few that say something new and do not give the answer away. */
export function newLessons(
  lessons: readonly string[],
  { known, question, shortAnswer }: Pick<LessonSource, 'known' | 'question' | 'shortAnswer'>,
): readonly string[] {
  const seen = new Set(known.map(normalise));
  const fresh = lessons.filter((lesson) => {
    const key = normalise(lesson);
    if (seen.has(key)) return false;
    seen.add(key);
    return !contains(lesson, shortAnswer) || contains(question, shortAnswer);
  });
  return fresh.slice(0, MOST_LESSONS);
}

/** Whether the short answer is in the text, word for word. */
const contains = (text: string, shortAnswer: string): boolean =>
  normalise(shortAnswer).length >= TELLING && spaced(text).includes(spaced(shortAnswer));

const spaced = (text: string): string => ` ${words(text).join(' ')} `;
