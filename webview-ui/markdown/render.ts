/** Markdown of a model as DOM. */
import { answerHtml } from '../../src/core/markdown/answerHtml';
import { citationButton, type Marks } from './citations';
import { sanitize } from './sanitize';

export const renderMarkdown = (text: string, marks: Marks): DocumentFragment =>
  sanitize(answerHtml(text, (evidence, index) => citationButton(marks, evidence, index)));
