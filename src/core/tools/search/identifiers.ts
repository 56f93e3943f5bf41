/** The names of code in a query: `parseHttpRequest`, `max_depth`, `Tree.walk`, what stands in backticks. */

const MOST = 3;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** At most three, in order; a word of prose is none, unless it is all there is. */
export function identifiersIn(query: string): readonly string[] {
  const quoted = [...query.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.match(NAME) ?? []);
  const names = query.match(NAME) ?? [];
  const telling = names.filter(
    (name) => /\p{Ll}\p{Lu}|_|\p{L}\d+\p{L}|\$/u.test(name) && /\p{L}/u.test(name),
  );
  const members = [
    ...query.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)(?:\.|::|#)([\p{L}_$][\p{L}\p{N}_$]*)(?=\(|\b)/gu),
  ].flatMap(([, owner = '', member = '']) => (/\p{Lu}|_/u.test(owner) ? [member] : []));
  const alone = names.length === 1 && query.trim() === names[0] ? names : [];
  return [...new Set([...quoted, ...telling, ...members, ...alone])].slice(0, MOST);
}
