/** The verdict of each mark of an answer. */
import type { Evidence } from '../evidence';
import type { ClaimCheck, CitationVerdict, MarkCheck } from './citation';
import { type EvidenceText, prepare } from './evidenceText';
import { type MarkedClaim, markedClaims } from './marks';
import { narrowed } from './narrowing';
import { plainText } from './plainText';
import { findQuote, type Range } from './quotation';
import { outermost, quotingOf, type Quoting } from './quotedWords';
import { findSupport, type Finding } from './support';
import { tokensOf } from './tokens';

export interface CheckedMark extends MarkCheck {
  readonly id: string;
  /** It quotes words that do not stand in the evidence: nothing can make up for that. */
  readonly misquoted: boolean;
}

/** All marks in the order of the answer; a mark that names no evidence of this run is `unverified`. */
export function checkMarks(
  answer: string,
  lookUp: (id: string) => Evidence | undefined,
): readonly CheckedMark[] {
  const prepared = new Map<string, EvidenceText>();
  const prepareOnce = (evidence: Evidence) => {
    const known = prepared.get(evidence.id) ?? prepare(evidence);
    prepared.set(evidence.id, known);
    return known;
  };
  return markedClaims(answer).flatMap((marked) => {
    const sources = [...new Set(marked.ids)].flatMap((id) => {
      const evidence = lookUp(id);
      return evidence ? [{ evidence, text: prepareOnce(evidence) }] : [];
    });
    return checkClaim(marked, sources);
  });
}

interface Source {
  readonly evidence: Evidence;
  readonly text: EvidenceText;
}

function checkClaim(marked: MarkedClaim, sources: readonly Source[]): readonly CheckedMark[] {
  const texts = sources.map(({ text }) => text);
  const quoting = quotingIn(marked, texts);
  const quotes = quoting.quotations.map((quote) => texts.map(({ haystack }) => findQuote(quote, haystack)));
  const allFound = quotes.every((found) => found.some((ranges) => ranges.length > 0));
  const claim = plainText(marked.claim).text.replace(/\s+/g, ' ').trim();
  const asked = quoting.quotations.length === 0 || !allFound || saysMore(quoting, texts);
  const together: Finding = asked ? findSupport(marked.claim, texts, marked.lead) : UNASKED;
  const turned = contradictedBefore(marked, texts);
  const checks = new Map(
    sources.map(({ evidence, text }, i) => {
      const ranges = quotes.flatMap((found) => found[i] ?? []);
      const own = asked ? findingOf(text, marked, together, texts.length) : together;
      const finding = turned?.standings.some(({ id }) => id === text.id) ? turned : own;
      const quoteFound = allFound && ranges.length > 0;
      const facets = { quoted: quotes.length > 0, quoteFound, claim: finding.claim };
      return [
        evidence.id,
        {
          text: claim,
          ...facetsOf(facets),
          ...placeOf(evidence, quoteFound ? ranges : finding.standings.map(({ range }) => range)),
        },
      ];
    }),
  );
  return marked.ids.map((id) => ({ id, ...(checks.get(id) ?? noSuchEvidence(claim)) }));
}

const UNASKED: Finding = { claim: 'unchecked', standings: [] };

/** A mark at the end of several sentences may be meant for all of them: what its source contradicts counts against it. */
function contradictedBefore({ before }: MarkedClaim, texts: readonly EvidenceText[]): Finding | undefined {
  return before.map((sentence) => findSupport(sentence, texts)).find(({ claim }) => claim === 'contradicted');
}

/** A line set as a quotation is one, with or without quotation marks; so is what stands in one pair of them. */
function quotingIn({ claim, quotation }: MarkedClaim, texts: readonly EvidenceText[]): Quoting {
  const whole = quotation ? (outermost(claim) ?? claim) : outermost(claim);
  const stands = whole !== undefined && texts.some(({ haystack }) => findQuote(whole, haystack).length > 0);
  return whole !== undefined && (stands || quotation)
    ? { quotations: [whole], around: '' }
    : quotingOf(claim);
}

/** True where the claim says something around its quotations, beside whose words they are. */
function saysMore({ around }: Quoting, texts: readonly EvidenceText[]): boolean {
  const [first] = texts;
  if (!first) return false;
  const known = new Set(
    texts.flatMap(({ title, lexicon }) => [...title.map(({ word }) => word), ...lexicon.source]),
  );
  const said = tokensOf(plainText(around), first.language).filter(
    ({ weight, word }) => weight !== 'loose' && !known.has(word),
  );
  return said.length > 0;
}

/** What one of several pieces of evidence does for the claim: a part of it, all of it alone, or nothing. */
function findingOf(text: EvidenceText, { claim, lead }: MarkedClaim, together: Finding, of: number): Finding {
  const standings = together.standings.filter(({ id }) => id === text.id);
  if (of === 1 || standings.length > 0) return { claim: together.claim, standings };
  return findSupport(claim, [text], lead);
}

interface Facets {
  readonly quoted: boolean;
  readonly quoteFound: boolean;
  readonly claim: ClaimCheck;
}

function facetsOf({
  quoted,
  quoteFound,
  claim,
}: Facets): Pick<CheckedMark, 'verdict' | 'claim' | 'quoteFound' | 'misquoted'> {
  const misquoted = quoted && !quoteFound;
  // Words that do not stand there as they are quoted support nothing, however near they are.
  const checked = misquoted && claim === 'supported' ? 'unchecked' : claim;
  return {
    verdict: verdictOf({ quoted, quoteFound, claim: checked }),
    claim: checked,
    quoteFound,
    misquoted,
  };
}

function verdictOf({ quoteFound, claim }: Facets): CitationVerdict {
  if (claim === 'contradicted') return 'unverified';
  if (quoteFound) return 'quoted';
  return claim === 'supported' ? 'aligned' : 'unverified';
}

export function placeOf(
  { text, locator }: Pick<Evidence, 'text' | 'locator'>,
  ranges: readonly Range[],
): Pick<MarkCheck, 'passage' | 'locator'> {
  const passage = ranges
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim())
    .join(' … ');
  return { passage, locator: narrowed(locator, text, ranges) };
}

const noSuchEvidence = (text: string): Omit<CheckedMark, 'id'> => ({
  misquoted: false,
  text,
  verdict: 'unverified',
  claim: 'unchecked',
  quoteFound: false,
  passage: '',
  locator: { kind: 'output' },
});
