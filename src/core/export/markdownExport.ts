/** A run as Markdown with footnotes (GitHub Flavored Markdown), readable as plain text. */
import { codeLines } from '../markdown/answerHtml';
import { replaceMarks } from '../tools/citations/marks';
import type { ExportedCitation, ExportedRun } from './exportedRun';
import { caseWords, checkLine, leadingAnswer, outcomeWords, provenance, taskWords } from './runWords';

/** @param addressOf the address of a file that the run made, relative to the document; undefined where it is not beside it */
export function markdownExport(run: ExportedRun, addressOf: (path: string) => string | undefined): string {
  const outcome = outcomeWords(run);
  const lead = leadingAnswer(run);
  return `${[
    `# ${escaped(run.question) || 'Untitled question'}`,
    ...(outcome === '' ? [] : [`_${escaped(outcome)}_`]),
    ...(lead === '' ? [] : [`**${escaped(lead)}**`]),
    ...(run.answer.trim() === '' ? [] : [answerOf(run)]),
    ...run.citations.map(footnote),
    ...section('## Files', files(run, addressOf)),
    ...section(
      '## Plan',
      run.plan.map((task) => `- Task ${task.id}: ${escaped(task.description)} (${taskWords(task)})`),
    ),
    ...section(
      '## Past cases',
      run.cases.map((found) => `- ${escaped(found.question)} (${caseWords(found)}): ${escaped(found.why)}`),
    ),
    ...section(
      '## Notes',
      [...run.notices, ...run.steering.map((text) => `Asked meanwhile: ${text}`)].map(
        (text) => `- ${escaped(text)}`,
      ),
    ),
    ...section(
      '## About this run',
      provenance(run).map(([label, value]) => `- ${label}: ${escaped(value)}`),
    ),
  ].join('\n\n')}\n`;
}

/** The answer as it was written, but that a viewer fetches nothing for it, and with marks as footnotes. */
function answerOf({ answer, citations }: ExportedRun): string {
  const numbers = new Map(citations.map(({ evidence, n }) => [evidence, n]));
  return replaceMarks(harmless(answer.trim()), (ids, mark) => {
    const found = ids.map((id) => numbers.get(id));
    return found.includes(undefined) ? mark : found.map((n) => `[^${String(n)}]`).join('');
  });
}

/** Images become text, HTML is shown, and no footnote is the answer's own. Blocks of code stay as they are. */
function harmless(markdown: string): string {
  const code = codeLines(markdown);
  return markdown
    .split('\n')
    .map((line, at) =>
      code.some(([start, end]) => at >= start && at < end)
        ? line
        : line
            .replace(/!\[/g, '!\\[')
            .replace(/\[\^/g, '[\\^')
            .replace(/<(?=[A-Za-z/!?])/g, '&lt;'),
    )
    .join('\n');
}

function footnote(citation: ExportedCitation): string {
  const { n, address, printed, source, title, quote, place } = citation;
  const where =
    address === null ? escaped(printed) : `<${address}>${place === '' ? '' : ` (${escaped(place)})`}`;
  const named = title === '' || title === source || title === printed ? '' : `${escaped(title)}, `;
  const quoted = quote === '' ? '' : ` “${escaped(quote)}”`;
  return `[^${n}]: ${named}${where}:${quoted} _${escaped(checkLine(citation))}_`;
}

function files(run: ExportedRun, addressOf: (path: string) => string | undefined): readonly string[] {
  return run.files.map(({ path, name, mediaType }) => {
    const address = addressOf(path);
    if (address === undefined) return `- ${escaped(name)}`;
    const link = `[${escaped(name)}](${address})`;
    return `- ${mediaType.startsWith('image/') ? `!${link}` : link}`;
  });
}

const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [heading, lines.join('\n')];

/** One line of text in which nothing is markup, with no more backslashes than that takes. */
const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    // At its start it would make a heading or a list of the line.
    .replace(/^([#+-]|\d+[.)])(?= )/, '\\$1');
