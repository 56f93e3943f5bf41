/** Settings of git as its configuration files say them (git-config(1), Syntax); files that they include are not read. */

/** The value of `name` in the section `[core]`, the last one said; undefined with none. */
export function coreSetting(configuration: string, name: string): string | undefined {
  let section = '';
  let found: string | undefined;
  for (const line of configuration.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]*)\]/.exec(line);
    if (header !== null) section = (header[1] ?? '').trim().toLowerCase();
    const setting = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(=?)(.*)$/.exec(line.slice(header?.[0].length ?? 0));
    if (section !== 'core' || setting?.[1]?.toLowerCase() !== name.toLowerCase()) continue;
    // A name alone is true.
    found = setting[2] === '=' ? valueIn(setting[3] ?? '') : 'true';
  }
  return found;
}

export const isTrue = (value: string | undefined): boolean => /^(?:true|yes|on|1)$/i.test(value ?? '');

const PART = /"((?:\\.|[^"\\])*)"?|\\(.)|[#;].*|(\s+)|([^"\\#;\s]+)/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/** Without quotation marks, comments, and the spaces around it. */
function valueIn(text: string): string {
  let value = '';
  let spaces = '';
  for (const [, quoted, escaped, space, plain] of text.trim().matchAll(PART)) {
    if (space !== undefined) {
      spaces = space;
      continue;
    }
    const part = quoted?.replace(/\\(.)/g, (_, each: string) => unescaped(each)) ?? plain;
    const more = part ?? (escaped === undefined ? '' : unescaped(escaped));
    if (more !== '') value += spaces + more;
    spaces = '';
  }
  return value;
}

const unescaped = (character: string): string => ESCAPED[character] ?? character;
