/**
 * robots.txt (RFC 9309), read as Google's crawler reads it (https://github.com/google/robotstxt), where the standard leaves
 * it open: typos of the keys, a missing colon, what ends a group, which of `/` and `/index.html` is meant.
 */

/** Bytes of the file that count (RFC 9309, 2.5: at least 500 KiB). */
export const ROBOTS_BYTES = 500 * 1024;
/** Characters of a line that count: Google's limit, eight times the longest address that browsers take. */
const LONGEST_LINE = 2_083 * 8;

interface Rule {
  readonly allow: boolean;
  /** Percent-encoded, with `*` and perhaps a `$` at its end. */
  readonly pattern: string;
  /** 1-based, and as it stands in the file. */
  readonly line: number;
  readonly text: string;
}

export interface Robots {
  readonly rules: readonly Rule[];
  /** Between two requests; undefined where nothing is said. */
  readonly crawlDelaySeconds: number | undefined;
}

export interface RobotsVerdict {
  readonly allowed: boolean;
  /** The rule that decides, `Disallow: /private (line 3)`; undefined where none speaks of the path. */
  readonly rule: string | undefined;
}

export const NO_RULES: Robots = { rules: [], crawlDelaySeconds: undefined };

/**
 * The rules for one robot: those of all groups that name its product token, else those of all groups for `*`.
 * @param token `Memento`, without a version; case does not matter
 */
export function parseRobots(text: string, token: string): Robots {
  const own = { rules: [] as Rule[], delay: undefined as number | undefined, named: false };
  const all = { rules: [] as Rule[], delay: undefined as number | undefined };
  let [forOwn, forAll, inRules] = [false, false, false];
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((raw, i) => {
      const parsed = keyAndValue(raw.slice(0, LONGEST_LINE - 1));
      if (parsed === undefined) return;
      const [key, value] = parsed;
      if (key === 'user-agent') {
        // A robot's line after rules begins another group.
        if (inRules) [forOwn, forAll, inRules] = [false, false, false];
        if (/^\*(?:\s|$)/.test(value)) forAll = true;
        else if (productToken(value) === token.toLowerCase()) forOwn = own.named = true;
        return;
      }
      if (key === 'crawl-delay') {
        const delay = Number(value);
        const seconds = value !== '' && delay >= 0 && Number.isFinite(delay) ? delay : undefined;
        if (forOwn) own.delay ??= seconds;
        if (forAll) all.delay ??= seconds;
        return;
      }
      inRules = true;
      if (value === '') return;
      for (const rule of rulesOf(key === 'allow', value, i + 1)) {
        if (forOwn) own.rules.push(rule);
        if (forAll) all.rules.push(rule);
      }
    });
  const { rules, delay } = own.named ? own : all;
  return { rules, crawlDelaySeconds: delay };
}

/** The longest pattern that matches decides; of two as long, the one that allows (RFC 9309, 2.2.2). */
export function judge(robots: Robots, url: URL): RobotsVerdict {
  const path = encoded(url.pathname + url.search);
  // The file itself may always be asked for.
  if (url.pathname === '/robots.txt') return { allowed: true, rule: undefined };
  let best: Rule | undefined;
  for (const rule of robots.rules) {
    if (!appliesTo(rule, path)) continue;
    const longer = rule.pattern.length - (best?.pattern.length ?? -1);
    if (longer > 0 || (longer === 0 && rule.allow)) best = rule;
  }
  return {
    allowed: best?.allow ?? true,
    rule: best === undefined ? undefined : `${best.text} (line ${best.line})`,
  };
}

type Key = 'user-agent' | 'allow' | 'disallow' | 'crawl-delay';

/** Keys as they are, and as they are often written. */
const KEYS: readonly (readonly [RegExp, Key])[] = [
  [/^user[-\s]?agent/i, 'user-agent'],
  [/^allow/i, 'allow'],
  [/^(?:disallow|dissallow|dissalow|disalow|diasllow|disallaw)/i, 'disallow'],
  [/^crawl[-\s]?delay/i, 'crawl-delay'],
];

/** Undefined for a comment, an empty line, and what is for other readers (`Sitemap`). */
function keyAndValue(raw: string): readonly [Key, string] | undefined {
  const line = raw.replace(/#.*$/s, '').trim();
  const colon = line.indexOf(':');
  // `disallow /path` is taken for what it means, as long as there are just two words.
  const split = colon >= 0 ? [line.slice(0, colon), line.slice(colon + 1)] : withoutColon(line);
  const [name, value] = split;
  if (name === undefined || value === undefined) return undefined;
  const key = KEYS.find(([pattern]) => pattern.test(name.trim()))?.[1];
  return key === undefined ? undefined : [key, value.trim()];
}

function withoutColon(line: string): readonly string[] {
  const words = line.split(/[ \t]+/);
  return words.length === 2 ? words : [];
}

/** `Memento/1.0 (+…)` names `memento`: letters, `-` and `_` (RFC 9309, 2.2.1). */
const productToken = (value: string): string => (/^[a-zA-Z_-]+/.exec(value)?.[0] ?? '').toLowerCase();

function rulesOf(allow: boolean, value: string, line: number): Rule[] {
  const text = `${allow ? 'Allow' : 'Disallow'}: ${value}`;
  const pattern = encoded(value);
  const rule = { allow, pattern, line, text };
  // Who allows the index page allows the folder.
  const index = allow ? /^(.*\/)index\.htm[^/]*$/.exec(pattern)?.[1] : undefined;
  return index === undefined ? [rule] : [rule, { ...rule, pattern: `${index}$` }];
}

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** What is not ASCII as percent-encoded UTF-8, hexadecimal digits in upper case. */
const encoded = (path: string): string =>
  path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^\0-\x7f]+/g, (text) => encodeURIComponent(text))
    .replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase());

/** What needs no encoding has none. */
const plain = (path: string): string =>
  path.replace(/%([0-9A-F]{2})/g, (octet, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : octet;
  });

/**
 * By RFC 9309, 2.2.2, `/%62an` and `/ban` are the same path. Google does not take them for the same; so they are for what is
 * forbidden, and are not for what is allowed.
 */
const appliesTo = ({ allow, pattern }: Rule, path: string): boolean =>
  allow ? matches(path, pattern) : matches(plain(path), plain(pattern));

/** Whether a pattern matches from the path's beginning: the texts between its stars follow one another. */
function matches(path: string, pattern: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const texts = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  const last = isAnchored && texts.length > 1 ? texts.pop() : undefined;
  const [first = '', ...others] = texts;
  if (!path.startsWith(first)) return false;
  let end = first.length;
  for (const text of others) {
    const at = path.indexOf(text, end);
    if (at < 0) return false;
    end = at + text.length;
  }
  if (last !== undefined) return path.length - last.length >= end && path.endsWith(last);
  return !isAnchored || end === path.length;
}
