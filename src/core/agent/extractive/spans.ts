/** Candidates for the shortest answer inside a sentence, by the kind of answer that the question wants. */
import { STOP_WORDS, stem, words } from '../../common/text';
import type { AnswerType, Question } from './questionType';

export interface Span {
  readonly text: string;
  /** UTF-16 offset into the sentence. */
  readonly start: number;
  /** 0 to 1: how surely it is of the kind. */
  readonly quality: number;
}

const MONTH =
  '(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)';
const DATE = new RegExp(
  [
    '\\b\\d{4}-\\d{2}(?:-\\d{2})?(?:[T ]\\d{2}:\\d{2})?',
    `\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?${MONTH}\\b\\.?(?:,?\\s+\\d{4})?`,
    `\\b${MONTH}\\b\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?(?:\\s*,\\s*|\\s+)?(?:\\d{4})?\\b`,
    `\\b${MONTH}\\.?\\s+\\d{4}\\b`,
    '\\b(?:(?:early|mid|late)[- ])?(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)\\s*-?\\s*century\\b',
    '\\b(?:1\\d{3}|20\\d{2})s?\\b(?:\\s*(?:-{1,2}|–|to)\\s*(?:1\\d{3}|20\\d{2}|\\d{2})\\b)?',
    '\\b\\d{1,2}[:.]\\d{2}\\s*(?:a\\.?m\\.?|p\\.?m\\.?|h|uhr)?(?!\\d)',
    '\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b',
    '\\b(?:in|of|last|this|each|every)\\s+(?:spring|summer|autumn|fall|winter)\\b',
    `\\b(?:january|february|april|june|july|august|september|october|november|december)\\b`,
    '\\d{1,4}\\s*年(?:\\s*\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?)?|\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?',
  ].join('|'),
  'giu',
);
const NUMBER_WORD =
  '(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozen|half|hundred|thousand|twice|once)';
const UNIT = '(?:\\s*(?:%|°\\s?[CF]?|‰|µ\\p{L}+|[\\p{L}°µ]+(?:/\\p{L}+|²|³)?))?';
const NUMBER = new RegExp(
  `(?:[€$£¥]\\s?)?(?<![\\p{L}\\d.,-])[-−]?\\d[\\d,.  ]*(?<![,. ])(?:\\s*(?:million|billion|thousand|hundred|percent|per cent))?${UNIT}|\\b${NUMBER_WORD}\\b${UNIT}`,
  'giu',
);
const NAME =
  /\p{Lu}[\p{L}\p{N}'’.-]*(?:\s+(?:(?:of|the|de|van|von|der|and|&)\s+){0,2}(?:-\s)?\p{Lu}[\p{L}\p{N}'’.-]*)*/gu;
const CODE =
  /\b(?=[\p{L}\p{N}./@_-]*\d)[\p{L}\p{N}][\p{L}\p{N}./@_:-]*[\p{L}\p{N}]|\b\d\b|\S+@\S+|https?:\/\/\S+/gu;
const PLACE =
  /\b(?:in|at|near|from|to|on|off|outside|inside)\s+((?:the\s+)?(?:[\p{Ll}-]+\s+){0,2}\p{Lu}[\p{L}'’-]*(?:\s*,?\s+(?:of\s+(?:the\s+)?)?\p{Lu}[\p{L}'’-]*)*)/gu;
const SPOT =
  /\b(?:in|at|near|on|behind|under|beneath|between|beside|above|below|next to|inside)\s+((?:the|a|an)\s+(?:[\p{Ll}-]+\s+){0,2}[\p{L}][\p{L}'’-]*)/gu;
const NOT_NAMES = new Set(
  'the a an in on at it he she they this that these those its his her their there but and when while after before during as if for since from by of to with we i our both all some most one no not'.split(
    ' ',
  ),
);

/** Spans of the question's type that are not words of the question itself; empty for types with no shape of their own. */
export function spansOf(sentence: string, question: Question): Span[] {
  return shaped(sentence, question.type).filter(({ text }) => addsSomething(text, question));
}

function shaped(sentence: string, type: AnswerType): Span[] {
  switch (type) {
    case 'date':
      return all(sentence, DATE);
    case 'number':
      return all(sentence, NUMBER)
        .map(withoutStopWord)
        .filter(({ text }) => !/^(?:1[5-9]|20)\d{2}$/.test(text));
    case 'code':
      return all(sentence, CODE);
    case 'person':
      return namesIn(sentence).map((name) => ({ ...name, quality: /\s\p{Lu}/u.test(name.text) ? 1 : 0.7 }));
    case 'place':
      return [
        ...all(sentence, PLACE, 1),
        ...all(sentence, SPOT, 0.6),
        ...namesIn(sentence).map((name) => ({ ...name, quality: 0.4 })),
      ];
    case 'thing':
    case 'account':
    case 'polar':
      return [];
  }
}

/** `€1,875 and`: the word behind a number is no unit. */
function withoutStopWord(span: Span): Span {
  const [, number = span.text, word = ''] = /^(.*\S)\s+(\S+)$/su.exec(span.text) ?? [];
  return STOP_WORDS.has(word.toLowerCase()) ? { ...span, text: number } : span;
}

/** Capitalised runs; a word that only opens the sentence is none. */
export function namesIn(sentence: string): Span[] {
  return all(sentence, NAME)
    .map(({ text, start }) => {
      const opener = /^\S+\s*/.exec(text)?.[0] ?? '';
      const drop = NOT_NAMES.has(opener.trim().toLowerCase());
      return drop
        ? { text: text.slice(opener.length), start: start + opener.length, quality: 1 }
        : { text, start, quality: 1 };
    })
    .map((span) => ({ ...span, text: span.text.replace(/[.,'’-]+$/u, '') }))
    .filter(({ text }) => text.length > 1 && !STOP_WORDS.has(text.toLowerCase()));
}

function all(sentence: string, pattern: RegExp, quality = 1): Span[] {
  return Array.from(sentence.matchAll(pattern), (match) => {
    const inner = match[1] ?? match[0];
    const text = inner.trim();
    return { text, start: match.index + match[0].indexOf(inner) + inner.indexOf(text), quality };
  }).filter(({ text }) => text !== '');
}

/** True where some content word of the span is not in the question. */
export function addsSomething(text: string, question: Question): boolean {
  const asked = new Set(words(question.text).map(stem));
  return (
    words(text).some((word) => !STOP_WORDS.has(word) && !asked.has(stem(word))) || /\d\s*[年月]/.test(text)
  );
}
