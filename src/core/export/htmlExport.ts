/** A run as one HTML file that loads nothing and runs nothing, for a browser or a printer. */
import { answerHtml } from '../markdown/answerHtml';
import type { CitationElementOf } from '../markdown/citations';
import { isSafeAddress } from '../markdown/links';
import { escapeHtml } from '../markdown/untrustedText';
import type { ExportedCitation, ExportedRun } from './exportedRun';
import { HTML_STYLE } from './htmlStyle';
import { caseWords, checkLine, leadingAnswer, outcomeWords, provenance, taskWords } from './runWords';

/** @param imageOf the `data:` address of an image that the run made; undefined where it is not at hand */
export async function htmlExport(
  run: ExportedRun,
  imageOf: (path: string) => string | undefined,
): Promise<string> {
  const title = escapeHtml(run.question) || 'Untitled question';
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src 'sha256-${await base64Sha256(HTML_STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${[
  paragraph('outcome', outcomeWords(run)),
  paragraph('lead', leadingAnswer(run)),
  answerOf(run),
  sources(run),
  files(run, imageOf),
  list(
    'Plan',
    run.plan.map((task) => `${task.id}. ${escapeHtml(task.description)} ${aside(taskWords(task))}`),
    'plain',
  ),
  list(
    'Past cases',
    run.cases.map(
      (found) => `${escapeHtml(found.question)} ${aside(caseWords(found))}<br>${escapeHtml(found.why)}`,
    ),
  ),
  list('Notes', [...run.notices, ...run.steering.map((text) => `Asked meanwhile: ${text}`)].map(escapeHtml)),
  about(run),
]
  .filter((part) => part !== '')
  .join('\n')}
</main>
</body>
</html>
`;
}

function answerOf({ answer, citations }: ExportedRun): string {
  if (answer.trim() === '') return '';
  const byEvidence = new Map(citations.map((citation) => [citation.evidence, citation]));
  const elementOf: CitationElementOf = (evidence, index) => {
    const citation = byEvidence.get(evidence);
    if (!citation) return undefined;
    const check = (citation.marks[index] ?? citation.marks.at(-1))?.check ?? citation.check;
    return {
      tag: 'a',
      attributes: [
        ['class', looksGood(check) ? 'cite' : 'cite doubtful'],
        ['href', `#source-${citation.n}`],
        ['title', `${citation.printed} (${check})`],
        ['aria-label', `Source ${citation.n}, ${check}`],
      ],
      text: String(citation.n),
    };
  };
  return `<section class="answer" aria-label="Answer">\n${answerHtml(answer, elementOf)}</section>`;
}

const looksGood = (check: string): boolean => !/contradicted|not verified/.test(check);

function sources({ citations }: ExportedRun): string {
  const items = citations.map((citation) => {
    const quote = citation.quote === '' ? '' : `<blockquote>${escapeHtml(citation.quote)}</blockquote>`;
    return `<li id="source-${citation.n}" value="${citation.n}">${sourceName(citation)} ${aside(checkLine(citation))}${quote}</li>`;
  });
  return items.length === 0 ? '' : `<h2>Sources</h2>\n<ol>\n${items.join('\n')}\n</ol>`;
}

function sourceName({ address, printed, source, title, place }: ExportedCitation): string {
  if (address === null || !isSafeAddress(address)) return `<strong>${escapeHtml(printed)}</strong>`;
  const words = escapeHtml(title === '' ? source : title);
  const link = `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${words}</a>`;
  return place === '' ? link : `${link}, ${escapeHtml(place)}`;
}

function files(run: ExportedRun, imageOf: (path: string) => string | undefined): string {
  const items = run.files.map(({ path, name }) => {
    const [words, image] = [escapeHtml(name), imageOf(path)];
    if (image === undefined) return words;
    return `<figure><img src="${escapeHtml(image)}" alt="${words}"><figcaption>${words}</figcaption></figure>`;
  });
  return list('Files', items, 'plain');
}

function about(run: ExportedRun): string {
  const rows = provenance(run).map(
    ([label, value]) => `<tr><th scope="row">${label}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<h2>About this run</h2>\n<table>\n${rows.join('\n')}\n</table>`;
}

const paragraph = (kind: string, text: string): string =>
  text === '' ? '' : `<p class="${kind}">${escapeHtml(text)}</p>`;

const aside = (text: string): string => `<span class="aside">${escapeHtml(text)}</span>`;

function list(heading: string, items: readonly string[], look = ''): string {
  if (items.length === 0) return '';
  const rows = items.map((item) => `<li>${item}</li>`).join('\n');
  return `<h2>${heading}</h2>\n<ul${look === '' ? '' : ` class="${look}"`}>\n${rows}\n</ul>`;
}

/** As a Content Security Policy names what it allows (CSP Level 3, section 2.3.1). */
async function base64Sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
