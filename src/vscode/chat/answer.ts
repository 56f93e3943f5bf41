/** An answer in chat: Markdown, with each citation a link to the very place and its verdict below. */
import path from 'node:path';
import * as vscode from 'vscode';
import { answerPieces } from '../../core/agent/citationMarks';
import { checkWords, readDay } from '../../core/agent/citationWords';
import type { Citation } from '../../core/agent/events';
import type { RunState } from '../../core/agent/runState';
import { printedSource } from '../../core/agent/sourceLink';
import { placeOf } from '../folderFiles';
import { escapeMarkdown, withoutImages } from '../markdownText';
import { targetOf } from '../sourceTarget';

/** Where a citation leads: a place in a file of the workspace, or a web address. */
type Target = vscode.Location | vscode.Uri | string;

export function writeAnswer(state: RunState, stream: vscode.ChatResponseStream): void {
  const { answer, error } = state;
  const cited = new Map((state.citations ?? []).map((citation) => [citation.evidence, citation]));
  for (const piece of answerPieces(answer)) {
    stream.markdown(withoutImages(piece.text));
    for (const id of piece.cited) {
      const citation = cited.get(id);
      if (citation) writeMark(citation, targetIn(state, citation), stream);
    }
  }
  if (error) stream.markdown(`\n\n> ${escapeMarkdown(error.message)}`);
  writeSources(state, stream);
}

/** The sources with what their check found, `[1] notes/a.md:3 (quote found)`. */
export function writeSources(state: RunState, stream: vscode.ChatResponseStream): void {
  const citations = state.citations ?? [];
  if (citations.length === 0) return;
  stream.markdown(`\n\n---\n`);
  for (const citation of citations) {
    const target = targetIn(state, citation);
    if (target !== undefined && typeof target !== 'string') stream.reference(target);
    stream.markdown(`\n${sourceLine(citation)}`);
  }
  stream.markdown('\n');
}

export function sourceLine(citation: Citation): string {
  const day = readDay(citation);
  const check = [checkWords(citation), ...(day === '' ? [] : [vscode.l10n.t('read {0}', day)])].join(', ');
  return `${citation.n}. ${escapeMarkdown(printedSource(citation))} (${check})`;
}

function writeMark({ n }: Citation, target: Target | undefined, stream: vscode.ChatResponseStream): void {
  const mark = `[${n}]`;
  if (target === undefined) stream.markdown(escapeMarkdown(mark));
  else if (typeof target === 'string') stream.markdown(` [${escapeMarkdown(mark)}](<${target}>)`);
  else stream.anchor(target, mark);
}

export function targetIn(state: RunState, citation: Citation): Target | undefined {
  const evidence = state.evidence[citation.evidence];
  const place = evidence && placeOf(evidence.source);
  if (!evidence) return undefined;
  const target = targetOf({ ...evidence, source: place?.path ?? evidence.source }, citation, 0);
  switch (target.kind) {
    case 'web':
      return target.address;
    case 'lines': {
      const uri = place && vscode.Uri.file(path.join(place.root, target.file));
      return uri && new vscode.Location(uri, new vscode.Range(target.start - 1, 0, target.end - 1, 0));
    }
    case 'file':
    case 'cells':
      return place && vscode.Uri.file(path.join(place.root, target.file));
    case 'output':
    case 'nothing':
      return undefined;
  }
}
