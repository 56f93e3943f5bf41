/** What an import or an export does, in sentences for a person. */
import { count, grouped } from '../../common/count';
import type { ExportCounts } from './exportCases';
import type { ExportFormat } from './formats';
import type { ImportPreview } from './planImport';

/** The counts first, then what of the file cannot be used. Bad lines are in `badLineWords`. */
export function previewWords(preview: ImportPreview): readonly string[] {
  const { accepted, rejected, unjudged, linked, toEmbed, runs, here, runsHere } = preview;
  const cases = accepted + rejected + unjudged;
  const facts: readonly (readonly [number, string])[] = [
    [runs, `${count(runs, 'run')} to add, for the policies that learn.`],
    [
      linked,
      `${grouped(linked)} of the cases to be linked to one with the same question and plan; both stay.`,
    ],
    [
      here + runsHere,
      `${hereWords(here, runsHere)} here already, ${here + runsHere === 1 ? 'which stays as it is' : 'which stay as they are'}.`,
    ],
    [preview.different, `${grouped(preview.different)} of these different in the file.`],
    [preview.forgotten, `${grouped(preview.forgotten)} of these forgotten here, and not brought back.`],
    [toEmbed, `${count(toEmbed, 'question')} to be encoded, so that they can be found.`],
    [preview.repeated, `${count(preview.repeated, 'record')} more than once in the file, to be added once.`],
    [
      preview.selfCases,
      `${count(preview.selfCases, 'row')} with a query as its own case, left out of its run.`,
    ],
    [preview.disputed, `${count(preview.disputed, 'query', 'queries')} both successful and not: not judged.`],
    [preview.unknownFields, `${count(preview.unknownFields, 'unknown field')}, kept out.`],
    [preview.badVectors, `${count(preview.badVectors, 'vector')} that cannot be used, kept out.`],
    [preview.badLines.count, `${count(preview.badLines.count, 'line')} that cannot be read, passed over.`],
  ];
  return [
    cases === 0
      ? 'No case to add.'
      : `${count(cases, 'case')} to add: ${grouped(accepted)} accepted, ${grouped(rejected)} rejected, ${grouped(unjudged)} not judged.`,
    ...facts.flatMap(([number, words]) => (number > 0 ? [words] : [])),
  ];
}

const hereWords = (cases: number, runs: number): string =>
  [...(cases > 0 ? [count(cases, 'case')] : []), ...(runs > 0 ? [count(runs, 'run')] : [])].join(' and ');

export const badLineWords = ({ badLines }: ImportPreview): readonly string[] => [
  ...badLines.first.map(({ line, reason }) => `line ${line}: ${reason}`),
  ...(badLines.count > badLines.first.length ? [`and ${badLines.count - badLines.first.length} more`] : []),
];

/** What was written, and what was not. */
export function exportWords(
  { cases, runs, rows, leftOut }: ExportCounts,
  format: ExportFormat,
): readonly string[] {
  const without = format === 'training' ? count(leftOut, 'row') : count(leftOut, 'case');
  const why =
    format === 'training'
      ? 'left out: not judged, or the case was forgotten.'
      : 'left out: not judged, for which this format has no label.';
  return [
    format === 'lossless'
      ? `Exported ${count(cases, 'case')} and ${count(runs, 'run')}.`
      : `Exported ${format === 'training' ? count(rows, 'row') : count(cases, 'case')}.`,
    ...(leftOut > 0 ? [`${without} ${why}`] : []),
  ];
}
