/** An answer in chat: Markdown in which each citation leads to the very place, with what its check found below. */
import path from 'node:path';
import * as vscode from 'vscode';
import { answerPieces } from '../../core/agent/citationMarks';
import { checkWords, readDay } from '../../core/agent/citationWords';
import type { Citation } from '../../core/agent/events';
import type { RunState } from '../../core/agent/runState';
import { printedSource } from '../../core/agent/sourceLink';
import { shorten } from '../caseLabels';
import { placeOf } from '../folderFiles';
import { escapeMarkdown, withoutImages } from '../../core/markdown/untrustedText';
import { targetOf } from '../sourceTarget';

const LONGEST_QUOTE = 600;

/** Where a citation leads: a place in a file of the workspace, or a web address. */
type Target = vscode.Location | vscode.Uri | string;

export function writeAnswer(state: RunState, stream: vscode.ChatResponseStream): void {
  const citations = new Map((state.citations ?? []).map((citation) => [citation.evidence, citation]));
  /** How often each piece of evidence was cited so far: every mark has a place of its own. */
  const marks = new Map<string, number>();
  for (const { text, cited } of answerPieces(state.answer, (id) => citations.has(id))) {
    stream.markdown(withoutImages(text));
    for (const id of cited) {
      const citation = citations.get(id);
      const mark = marks.get(id) ?? 0;
      marks.set(id, mark + 1);
      if (citation) writeLink(targetOfMark(state, citation, mark), `[${citation.n}]`, stream);
    }
  }
  if (state.error) stream.markdown(`\n\n> ${escapeMarkdown(state.error.message)}`);
  writeSources(state, stream);
}

/** Each source once: where it is, and what was checked. */
function writeSources(state: RunState, stream: vscode.ChatResponseStream): void {
  const citations = state.citations ?? [];
  if (citations.length > 0) stream.markdown('\n\n---\n\n');
  for (const citation of citations) writeSource(state, citation, stream);
}

/** What an answer stands on: each source with the passages that its marks quote. */
export function writeEvidence(state: RunState, stream: vscode.ChatResponseStream): void {
  for (const citation of state.citations ?? []) {
    writeSource(state, citation, stream);
    const found = (citation.marks ?? []).map(({ passage }) => passage).filter((passage) => passage !== '');
    for (const passage of new Set(found.length > 0 ? found : [citation.quote])) {
      stream.markdown(`   > ${escapeMarkdown(shorten(passage, LONGEST_QUOTE))}\n\n`);
    }
  }
}

function writeSource(state: RunState, citation: Citation, stream: vscode.ChatResponseStream): void {
  const target = targetOfMark(state, citation, undefined);
  if (target !== undefined && typeof target !== 'string') stream.reference(target);
  const day = readDay(citation);
  const check = [checkWords(citation), ...(day === '' ? [] : [vscode.l10n.t('read {0}', day)])].join(', ');
  stream.markdown(`${citation.n}.`);
  writeLink(target, typeof target === 'string' ? citation.title : printedSource(citation), stream);
  stream.markdown(` (${check})\n`);
}

/** VS Code names a place in a file by itself. */
function writeLink(target: Target | undefined, label: string, stream: vscode.ChatResponseStream): void {
  stream.markdown(' ');
  if (target === undefined) stream.markdown(escapeMarkdown(label));
  else if (typeof target === 'string') stream.markdown(`[${escapeMarkdown(label)}](<${target}>)`);
  else stream.anchor(target, label);
}

/** @param mark of the answer, counted from 0 for each piece of evidence; undefined: all that is cited of it */
function targetOfMark(state: RunState, citation: Citation, mark: number | undefined): Target | undefined {
  const evidence = state.evidence[citation.evidence];
  if (!evidence) return undefined;
  const place = placeOf(evidence.source);
  const target = targetOf({ ...evidence, source: place?.path ?? evidence.source }, citation, mark);
  switch (target.kind) {
    case 'web':
      return target.address;
    case 'lines':
      return place && linesOf(vscode.Uri.file(path.join(place.root, target.file)), target);
    case 'file':
    case 'cells':
      return place && vscode.Uri.file(path.join(place.root, target.file));
    case 'output':
    case 'nothing':
      return undefined;
  }
}

const linesOf = (
  file: vscode.Uri,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Location => new vscode.Location(file, new vscode.Range(start - 1, 0, end - 1, 0));
