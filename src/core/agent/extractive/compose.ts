/** Puts quoted sentences together to an answer; every quotation stands word for word in its evidence. */
import { quote } from './quote';
import type { Question } from './questionType';
import type { Ranked, Ranking } from './sentenceScore';
import { shortAnswer } from './shortAnswer';
import type { Support } from './support';

export interface Answer {
  /** Markdown with [e1] marks. */
  readonly answer: string;
  readonly shortAnswer: string;
  readonly abstained: boolean;
}

/** A part of the question with what supports it; undefined where nothing does. */
export interface PartFinding {
  readonly label: string;
  readonly part: Question;
  readonly ranking: Ranking;
  readonly support: Support | undefined;
}

/** A second sentence is quoted where it scores no more than this below the first. */
const CLOSE = 0.5;
export const NOT_SUPPORTED = 'Not supported by these files';

export function composeAnswer(findings: readonly PartFinding[]): Answer {
  const answered = findings.filter((finding) => finding.support !== undefined);
  const several = findings.length > 1;
  const used = new Set<string>();
  const paragraphs = findings.map((finding) => {
    if (finding.support === undefined) return several ? `${label(finding)}not supported by these files.` : '';
    const quotes = quotesOf(finding, several ? 2 : 4).filter((text) => !used.has(text));
    quotes.forEach((text) => used.add(text));
    return quotes.length === 0 ? '' : (several ? label(finding) : '') + quotes.join(' ');
  });
  const shorts = new Set(
    answered.flatMap(({ part, support }) => (support ? [shortAnswer(support.answer, part)] : [])),
  );
  return {
    answer: paragraphs.filter((text) => text !== '').join('\n\n'),
    shortAnswer: [...shorts].map((text) => (shorts.size > 1 ? text.replace(/\.$/, '') : text)).join('; '),
    abstained: false,
  };
}

const label = (finding: PartFinding) => `**${finding.label}:** `;

/** The most direct sentence, then the one that links it, then one that is as good. */
function quotesOf({ ranking, support }: PartFinding, most: number): string[] {
  if (support === undefined) return [];
  const chosen = [support.answer, ...(support.link === undefined ? [] : [support.link])];
  const close = ranking.ranked.filter(
    (other) => !chosen.includes(other) && other.score > support.answer.score - CLOSE && other.score > 0,
  );
  const second = support.link === undefined ? close.slice(0, 1) : [];
  const reason = wantsReason(ranking.ground.question) ? before(support.answer, ranking) : [];
  return [...new Set([...reason, ...chosen, ...second])]
    .slice(0, most)
    .map(({ indexed }) => quote(indexed.unit));
}

const wantsReason = ({ type, text }: Question) =>
  type === 'account' || /\b(?:why|warum|pourquoi)\b/i.test(text);

/** The sentence before, which often gives the reason, unless this one gives it itself. */
function before({ indexed: { unit } }: Ranked, { ranked }: Ranking): Ranked[] {
  if (/\b(?:because|since|due to|owing to|so that|in order to|weil|da|wegen|parce que)\b/i.test(unit.text))
    return [];
  const earlier = ranked.filter(
    ({ indexed: { unit: other } }) => other.evidence === unit.evidence && other.end <= unit.start,
  );
  const nearest = earlier.sort((a, b) => b.indexed.unit.end - a.indexed.unit.end)[0];
  return nearest !== undefined && unit.start - nearest.indexed.unit.end <= 2 ? [nearest] : [];
}

/** Says that the files do not answer, with the two closest passages. */
export function composeAbstention(ranked: readonly Ranked[]): Answer {
  const closest = ranked
    .filter((item, i) => ranked.findIndex((other) => sameSource(other, item)) === i)
    .slice(0, 2)
    .map(({ indexed }) => `- ${quote(indexed.unit)}`);
  const rest =
    closest.length === 0 ? 'Nothing was found that bears on the question.' : 'The closest passages are:';
  return {
    answer: [`**${NOT_SUPPORTED}.** ${rest}`, ...(closest.length === 0 ? [] : ['', ...closest])].join('\n'),
    shortAnswer: NOT_SUPPORTED,
    abstained: true,
  };
}

const sameSource = (a: Ranked, b: Ranked) =>
  a.indexed.unit.evidence.source === b.indexed.unit.evidence.source;
