/** What a question asks for, told from its words: the kind of answer, the terms to cover, the names and numbers in it. */
import { STOP_WORDS, stem, words } from '../../common/text';
import { type QuestionPart, questionParts } from './questionParts';
import { namesOf, surfaceTerms } from './questionWords';

/** `thing`: a noun phrase; `account`: why and how, a whole sentence; `polar`: yes or no. */
export type AnswerType = 'person' | 'date' | 'place' | 'number' | 'code' | 'thing' | 'account' | 'polar';

export interface Question {
  readonly text: string;
  readonly type: AnswerType;
  /** Stems that a supporting passage should have, in order, each once; the words that only tell the type are left out. */
  readonly terms: readonly string[];
  /** Terms that belong to a name, a code or a number: what a passage about something else lacks. */
  readonly keys: ReadonlySet<string>;
  /** Terms with a digit: years, versions, identifiers. */
  readonly numbers: ReadonlySet<string>;
  /** The words behind the terms, as they stand in the question. */
  readonly surface: ReadonlyMap<string, string>;
  /** Names as written, for queries: `North Buoy`, `KX-204`. */
  readonly names: readonly string[];
  /** The stem of the noun behind `which` or `what`, undefined with none: a table's column, a kind of thing. */
  readonly focus: string | undefined;
  /** Its parts where it is several questions or a comparison, else itself alone. */
  readonly parts: readonly QuestionPart[];
  /** Asks what something is, means or stands for. */
  readonly defines: boolean;
  /** Asks for what held before: a superseded fact is then what is wanted. */
  readonly past: boolean;
}

/** A pattern a line, tried in order; German, French, Spanish and Chinese question words beside the English. */
const TYPES: readonly (readonly [AnswerType, RegExp])[] = [
  [
    'code',
    /\b(?:serial|part|model|account|phone|version|grant|invoice|order|permit|licen[cs]e|room|batch)\s+(?:number|no\b|id\b|code)|\bseriennummer\b|\b(?:what|which)\s+(?:code|version|identifier|id|e-?mail|url|doi|address)\b/,
  ],
  [
    'date',
    /\bwhen\b|\b(?:what|which|in what|in which)\s+(?:\w+\s+)?(?:year|date|day|month|century|decade|season|weekday|time)\b|\bhow recently\b|\bwann\b|\bquand\b|\bcu[aá]ndo\b|何时|什么时候|哪一?[年天月日]|\bdate of\b/,
  ],
  [
    'number',
    /\bhow\s+(?:many|much|long|tall|high|deep|wide|old|far|often|large|big|heavy|fast|cold|warm|hot|thick)\b|\b(?:what|which)\s+(?!(?:is|was|are|were)\s+an?\s)(?:is|was|were|are)?\s*(?:the\s+)?(?:\w+\s+){0,2}(?:number|percentage|percent|share|proportion|depth|height|length|width|size|cost|price|budget|temperature|weight|mass|volume|rate|speed|population|amount|total|average|distance|age|score|area|salary|concentration|value|interval|frequency|duration|ph|turnover|sum|capacity)\b|\bthe mean\b|\bwhat (?:did|does|do|was|is)\b.*\b(?:cost|weigh|measure|earn)s?\b|\bwie\s*(?:viele?|lange?|hoch|tief|teuer|alt|weit|gross|groß)\b|\bcombien\b|\bcu[aá]nt[oa]s?\b|多少|几[个人次天年]|多[大长高深远]/,
  ],
  [
    'person',
    /\bwho(?:m|se)?\b|\b(?:what|which)\s+(?:person|people|man|woman|scientist|author|writer|actor|actress|singer|director|student|technician|researcher|president|king|queen|player|member|company|supplier|organi[sz]ation|team|institution)\b|\bname of the (?:person|man|woman)\b|\bwer\b|\bwem\b|\bwen\b|\bqui\b|\bqui[eé]n(?:es)?\b|谁/,
  ],
  [
    'place',
    /\bwhere(?:abouts)?\b|\b(?:what|which)\s+(?:\w+\s+)?(?:city|town|country|place|state|county|river|lake|island|village|region|location|site|bay|building|room|continent|street)\b|\bwo\b|\bwohin\b|\bwoher\b|\bdónde\b|\boù\b|哪里|哪儿|在哪/,
  ],
  [
    'account',
    /\bwhy\b|\bhow\s+(?!many|much)(?:did|do|does|is|was|are|were|can|should|to|come)\b|\bwarum\b|\bwieso\b|\bpourquoi\b|\bpor qué\b|为什么|怎么|如何/,
  ],
  ['polar', /^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|may|must)\b/],
];

const DEFINES =
  /\b(?:what|who) (?:is|are|was|were) (?:an? |the )?[\p{L}\s-]{2,30}\??$|\bstands? for\b|\bmean(?:s|ing)?\b|\bdefin|\b(?:is|are) (?:called|known)|\banother name\b/u;
const PAST =
  /\b(?:before|formerly|previous(?:ly)?|original(?:ly)?|used to|old|earlier|first|until|replaced|superseded|former)\b/;

/** Total: any string has an analysis; an empty one has no terms. */
export function analyseQuestion(text: string): Question {
  const lower = text.normalize('NFKC').toLowerCase();
  const names = namesOf(text);
  const surface = surfaceTerms(text);
  const terms = [...surface.keys()];
  const named = new Set(names.flatMap((name) => words(name).map(stem)));
  return {
    text,
    type: TYPES.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'thing',
    terms,
    keys: new Set(terms.filter((term) => named.has(term) || /\d/.test(term))),
    numbers: new Set(terms.filter((term) => /\d/.test(term))),
    surface,
    names,
    focus: focusOf(lower),
    parts: questionParts(text),
    defines: DEFINES.test(lower),
    past: PAST.test(lower),
  };
}

function focusOf(lower: string): string | undefined {
  const noun =
    /\b(?:which|what)\s+(?:is the\s+|was the\s+|are the\s+|were the\s+)?((?:[\p{L}-]+\s+){0,1}?[\p{L}-]{3,})\b/u.exec(
      lower,
    )?.[1];
  const last = noun?.split(/\s+/).find((word) => !STOP_WORDS.has(word));
  return last === undefined ? undefined : stem(last);
}
