/**
 * Questions that a text may answer, the most telling first. Their words are those of the text and words that only ask, as
 * anything else would be looked for in the folder.
 */
import { STOP_WORDS, words } from '../../common/text';
import { sentences } from '../../common/sentences';
import { namesOf } from './questionWords';

/** How a language asks what something is, and what there is about something. */
interface Phrasing {
  readonly is: (subject: string, verb: string) => string;
  readonly about: (topic: string) => string;
  readonly quoted: (title: string) => string;
  readonly and: string;
  /** Whether a statement is so. */
  readonly whether: (statement: string) => string;
  /** `Subject is a …`: the article, the subject and the verb. */
  readonly definition: RegExp;
  /** Its most frequent words, by which it is told. */
  readonly marks: ReadonlySet<string>;
}

const marks = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const SUBJECT = String.raw`(\p{L}[\p{L}\p{N}’'._+#-]*(?:\s+[\p{L}\p{N}’'._+#-]+){0,4}?)`;
const definition = (articles: string, verbs: string, next: string) =>
  new RegExp(`^((?:(?:${articles})\\s+)?${SUBJECT})\\s+(${verbs})\\s+(?:${next})\\s`, 'iu');

const ENGLISH: Phrasing = {
  is: (subject, verb) => `What ${verb} ${subject}?`,
  about: (topic) => `What is there about ${topic}?`,
  quoted: (title) => `What is there about “${title}”?`,
  and: 'and',
  whether: (statement) => `${statement}?`,
  definition: definition('the|an?', 'is|are|was|were', 'an?|the|one'),
  marks: marks('the of and to in is that for it with as was on are by'),
};

const PHRASINGS: readonly Phrasing[] = [
  ENGLISH,
  {
    is: (subject, verb) => `Was ${verb} ${subject}?`,
    about: (topic) => `Was gibt es zu ${topic}?`,
    quoted: (title) => `Was gibt es zu „${title}“?`,
    and: 'und',
    whether: (statement) => `${statement}?`,
    definition: definition('der|die|das|ein|eine', 'ist|sind|war|waren', 'eine?|der|die|das'),
    marks: marks('der die das und ist nicht ein eine den von mit zu im auf für'),
  },
  {
    is: (subject) => `Qu’est-ce que ${subject} ?`,
    about: (topic) => `Qu’y a-t-il sur ${topic} ?`,
    quoted: (title) => `Qu’y a-t-il sur « ${title} » ?`,
    and: 'et',
    whether: (statement) => `${statement} ?`,
    definition: definition("le|la|les|un|une|l'|l’", 'est|sont|était', 'une?|le|la|les|des'),
    marks: marks('le la les et est des une un du que dans pour qui sur au'),
  },
  {
    is: (subject, verb) => `¿Qué ${verb} ${subject}?`,
    about: (topic) => `¿Qué hay sobre ${topic}?`,
    quoted: (title) => `¿Qué hay sobre «${title}»?`,
    and: 'y',
    whether: (statement) => `¿${statement}?`,
    definition: definition('el|la|los|las|un|una', 'es|son|era', 'una?|el|la|los|las'),
    marks: marks('el la los las y es que en una un del por con para se'),
  },
];

const MOST_TOPICS = 4;

export interface SampleText {
  /** The first heading, or what the document calls itself. */
  readonly title: string | undefined;
  readonly headings: readonly string[];
  readonly text: string;
  readonly isCode: boolean;
  /** The text that introduces a folder: its title is what the folder is. */
  readonly isReadme: boolean;
}

export function candidatesOf(sample: SampleText): string[] {
  if (sample.isCode) return definedNames(sample.text).map((name) => `What does ${name} do?`);
  const all = sentences(sample.text).map(({ text }) => text.replace(/\s+/g, ' '));
  const asked = /[\p{Script=Han}]/u.test(sample.text.slice(0, 1_000)) ? chinese(all) : [];
  const language = phrasingOf(sample.text);
  const titles = [sample.title, ...sample.headings].flatMap((title) =>
    title === undefined || !isTelling(title) ? [] : title,
  );
  if (language === undefined)
    return [...asked, ...statementsOf(all).map((each) => `${each}?`), ...titles.map((title) => `${title}?`)];
  const named = sample.isReadme && titles[0] === sample.title ? titles.slice(0, 1) : [];
  return [
    ...asked,
    ...all.flatMap((sentence) => defined(sentence, language)),
    ...named.filter((name) => words(name).length <= 4).map((name) => language.is(name, 'is')),
    ...titles.map((title) => language.quoted(title)),
    ...all.flatMap((sentence) => topicsIn(sentence, language)).slice(0, MOST_TOPICS),
    ...statementsOf(all).map(language.whether),
  ];
}

/** Short ones, of which any language makes a question by asking whether that is so. */
const statementsOf = (all: readonly string[]): string[] =>
  all.flatMap((sentence) => {
    const statement = sentence.replace(/[.。．!！]+$/u, '');
    return statement !== sentence && statement.length <= 90 && isTelling(statement) ? statement : [];
  });

/** Undefined for a language that is none of these: a bare title with a question mark is understood in each. */
function phrasingOf(text: string): Phrasing | undefined {
  const found = words(text.slice(0, 4_000));
  const counts = PHRASINGS.map((phrasing) => found.filter((word) => phrasing.marks.has(word)).length);
  const most = Math.max(...counts);
  const isLatin = (text.match(/\p{Script=Latin}/gu)?.length ?? 0) > (text.match(/\p{L}/gu)?.length ?? 0) / 2;
  if (!isLatin) return undefined;
  return most >= 2 ? PHRASINGS[counts.indexOf(most)] : ENGLISH;
}

/** `Tarn Ovrel is a mountain lake of …`: What is Tarn Ovrel? */
function defined(sentence: string, language: Phrasing): string[] {
  const [, subject, bare, verb] = language.definition.exec(sentence) ?? [];
  if (subject === undefined || bare === undefined || verb === undefined || !isTelling(bare)) return [];
  if (/^(?:it|this|that|there|he|she|they|we|what|one|es|dies|il|elle|ce|esto)\b/iu.test(bare)) return [];
  const article = subject.slice(0, subject.length - bare.length).toLowerCase();
  return [language.is(article + bare, verb.toLowerCase())];
}

/** A name with another of the same sentence, or what `the` stands before. */
function topicsIn(sentence: string, language: Phrasing): string[] {
  if (sentence.length > 300) return [];
  const names = namesOf(sentence.replace(/^\S+/, '')).filter((name) => /\p{L}{3}/u.test(name));
  const things = Array.from(sentence.matchAll(/\bthe (\p{Ll}{4,})\b/gu), ([thing]) => thing);
  const [first, second] = [...things, ...names].filter(isTelling);
  if (first === undefined) return [];
  const both =
    second === undefined || names.length === 0 ? [] : [language.about(`${first} ${language.and} ${second}`)];
  return [...both, language.about(first)];
}

/**
 * Chinese asks by putting the question word where the answer stands, so that a statement with a year or a number in it is
 * a question once that is taken out.
 */
function chinese(all: readonly string[]): string[] {
  const clauses = all.flatMap((sentence) => sentence.split(/[,，;；:：。！？!?]/)).map((each) => each.trim());
  return clauses.flatMap((clause) => {
    const asked = clause
      .replace(/(?:1[5-9]|20)\d\d\s*年/, '哪一年')
      .replace(
        clause.includes('年') ? /$^/ : /[\d.,]*\d/,
        /\p{Script=Hiragana}/u.test(clause) ? '何' : '多少',
      );
    const isQuestion = asked !== clause && clause.length >= 6 && clause.length <= 40;
    const [, subject] = /^(\p{Script=Han}{2,12})是/u.exec(clause) ?? [];
    return [...(isQuestion ? [`${asked}？`] : []), ...(subject === undefined ? [] : [`${subject}是什么？`])];
  });
}

const DEFINED =
  /^\s*(?:(?:export|default|public|private|static|async|final|abstract|pub)\s+)*(?:function|def|class|interface|fn|func|struct|trait)\s+(\w{4,60})/gmu;

const definedNames = (code: string): string[] => Array.from(code.matchAll(DEFINED), ([, name = '']) => name);

/** Has something to look for, and is no paragraph. */
const isTelling = (text: string): boolean =>
  text.length <= 80 &&
  !/[|<>{}\[\]`]/.test(text) &&
  words(text).some((word) => !STOP_WORDS.has(word) && /\p{L}{2}/u.test(word));
