/** The answers that the benchmark has checked, and what of each is right. */
import { checkCitations, type Citation } from '../../src/core/tools/citationCheck';
import type { Evidence } from '../../src/core/tools/evidence';
import { CORRUPTIONS, type Corruption } from './corruptions';
import type { QedRecord } from './records';
import { respaced, TRUE_CLAIMS, TRUE_QUOTES } from './variants';

export interface Case {
  readonly half: 'tune' | 'check';
  readonly wanted: 'found' | 'refused';
  readonly answer: string;
  readonly evidence: Evidence;
  /** Whether the check said what it should. */
  readonly isRight: (citations: readonly Citation[]) => boolean;
}

export interface Judged {
  readonly right: boolean;
  readonly citations: readonly Citation[];
}

export function judgeCase(each: Case): Judged & Case {
  const citations = checkCitations(each.answer, (id) =>
    id === each.evidence.id ? each.evidence : undefined,
  );
  return { ...each, citations, right: each.isRight(citations) };
}

const supported = ({ claim }: Citation) => claim === 'supported';
const some = (is: (citation: Citation) => boolean) => (citations: readonly Citation[]) =>
  citations.length > 0 && citations.every(is);
const QUOTED = some(({ quoteFound }) => quoteFound === true);
const SUPPORTED = some(supported);
const NOT_SUPPORTED = some((citation) => !supported(citation));
const UNVERIFIED = some((citation) => citation.verdict === 'unverified' && !supported(citation));

/** By the name of their row. */
export function casesOf(records: readonly QedRecord[]): ReadonlyMap<string, readonly Case[]> {
  const rows = new Map<string, Case[]>();
  const add = (
    row: string,
    i: number,
    record: QedRecord,
    answer: string | undefined,
    wanted: Case['wanted'],
    isRight: Case['isRight'],
  ) => {
    if (answer === undefined) return;
    const half = i % 2 === 0 ? 'tune' : 'check';
    rows.set(row, [
      ...(rows.get(row) ?? []),
      { half, wanted, answer, evidence: evidenceOf(record), isRight },
    ]);
  };
  records.forEach((record, i) => {
    for (const [row, make] of Object.entries(TRUE_QUOTES)) add(row, i, record, make(record), 'found', QUOTED);
    for (const [row, make] of Object.entries(TRUE_CLAIMS))
      add(row, i, record, make(record), 'found', SUPPORTED);
    for (const [row, corrupt] of Object.entries(CORRUPTIONS)) {
      const wrong = corrupt(record, records, i);
      if (wrong === undefined) continue;
      // A quotation in it may be a real one: of the claim around it that says nothing.
      add(`claimed, ${row}`, i, record, `${wrong} [e1]`, 'refused', NOT_SUPPORTED);
      add(`quoted, ${row}`, i, record, `“${wrong}” [e1]`, 'refused', UNVERIFIED);
    }
    const [numbered, other] = [
      corrupted('a number changed', record, records, i),
      corrupted('of another paragraph', record, records, i),
    ];
    const quotation = `“${respaced(record.sentence.string.trim())}” [e1]`;
    add(
      'a real quote under a wrong claim',
      i,
      record,
      other && `${other.replace(/\s*[.!?]\s*$/, '')}: ${quotation}`,
      'refused',
      NOT_SUPPORTED,
    );
    add(
      'a real quote under a changed number',
      i,
      record,
      numbered && `${numbered.replace(/\s*[.!?]\s*$/, '')}: ${quotation}`,
      'refused',
      NOT_SUPPORTED,
    );
  });
  return rows;
}

const corrupted = (name: string, ...given: Parameters<Corruption>) => CORRUPTIONS[name]?.(...given);

const evidenceOf = ({ title, paragraph }: QedRecord): Evidence => ({
  id: 'e1',
  callId: 'c1',
  source: `${title}.md`,
  title,
  locator: { kind: 'lines', start: 1, end: 1 },
  text: paragraph,
  hash: '',
  readAt: 0,
});
