/**
 * A task's description is all that an executor gets of it, and a person may edit it: these are the forms that the
 * extractive pair writes, and how any other description is read.
 */
import { STOP_WORDS, words } from '../../common/text';

export type TaskKind =
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'follow' }
  | { readonly kind: 'calculate'; readonly expression: string }
  | { readonly kind: 'list'; readonly glob: string }
  | { readonly kind: 'read'; readonly path: string };

export const FOLLOW = 'Follow names, titles and links in what was found';
const SEARCH = 'Search the files for ';
const CALCULATE = 'Calculate ';
const LIST = 'List the files that match ';
const READ = 'Read ';
const FILE = /[\p{L}\p{N}_@.-]+(?:\/[\p{L}\p{N}_@. -]+)*\.[A-Za-z][A-Za-z0-9]{0,7}\b/u;

export function describe(task: TaskKind): string {
  switch (task.kind) {
    case 'search':
      return `${SEARCH}“${task.query.replace(/[“”]/g, '"')}”`;
    case 'follow':
      return FOLLOW;
    case 'calculate':
      return CALCULATE + task.expression;
    case 'list':
      return LIST + task.glob;
    case 'read':
      return READ + task.path;
  }
}

/** Total: a description of no known form is a search for its words. */
export function parseTask(description: string): TaskKind {
  const text = description.trim();
  if (/^follow\b/i.test(text) || /\b(?:second hop|follow (?:the )?(?:links?|names?))\b/i.test(text))
    return { kind: 'follow' };
  const expression = /^(?:calculate|compute|work out)\s+(.+)$/isu.exec(text)?.[1];
  if (expression !== undefined && /\d/.test(expression) && isExpression(expression)) {
    return { kind: 'calculate', expression: expression.trim() };
  }
  const glob = /^list\b.*?(\S*[*/]\S*)\s*$/iu.exec(text)?.[1];
  if (glob !== undefined) return { kind: 'list', glob };
  if (/^list (?:all )?(?:the )?files\b/i.test(text)) return { kind: 'list', glob: '**' };
  const path = /^(?:read|open|look (?:at|in|into))\b/i.test(text) ? FILE.exec(text)?.[0] : undefined;
  if (path !== undefined) return { kind: 'read', path };
  return { kind: 'search', query: queryOf(text) };
}

/** What stands in quotation marks, else the description without the verb that orders the search. */
function queryOf(text: string): string {
  const quoted = /“([^”]+)”/u.exec(text)?.[1] ?? /^search[^"]*"(.+)"\s*$/isu.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  const plain = text.replace(
    /^(?:search|look|find|identify|determine|check)\b(?:\s+(?:the|files?|workspace|for|up|out|in))*\s*/i,
    '',
  );
  return plain.trim() === '' ? text : plain;
}

/** Only digits, operators, brackets and the names of functions and units: no sentence. */
const isExpression = (text: string) =>
  words(text).filter((word) => STOP_WORDS.has(word) && word !== 'of' && word !== 'to').length === 0;
