/** What a page has but does not show: no text for a person, and a place for what is meant for machines only. */
import { type DomDocument, type DomElement, nameOf, textOf } from './dom';

/** Written into the element. */
const UNSEEN_STYLE = new RegExp(
  [
    'display\\s*:\\s*none',
    'visibility\\s*:\\s*(?:hidden|collapse)',
    'opacity\\s*:\\s*0?\\.?0\\d*%?\\s*(?:;|!|$)',
    'font-size\\s*:\\s*[01]?(?:\\.\\d+)?(?:px|pt|%)?\\s*(?:;|!|$)',
    'font-size\\s*:\\s*0?(?:\\.0\\d*)?(?:em|rem)\\s*(?:;|!|$)',
    '(?:left|top|right|text-indent|margin-left)\\s*:\\s*-(?:\\d{4,}|999)',
    'transform\\s*:\\s*scale\\(\\s*0(?:\\.0\\d*)?\\s*[,)]',
    'clip\\s*:\\s*rect\\(\\s*0',
    'clip-path\\s*:\\s*(?:inset\\(\\s*(?:50|100)%|circle\\(\\s*0)',
  ]
    .map((declaration) => `(?:^|[;{\\s])${declaration}`)
    .join('|'),
  'i',
);

/** Less text than this is what a page shows that is made by scripts. */
const FEW = 200;
/** Of a page's text: who reads it should know that so much is missing. */
const NOTABLE_SHARE = 0.2;

/** @returns sentences on what was left out or kept that a reader should know */
export function removeHidden(document: DomDocument, styles: readonly string[]): string[] {
  const all = textOf(document.body).length;
  const isStyledAway = hiddenByRule(styles);
  const hidden = [
    ...document.body.querySelectorAll('[hidden], [aria-hidden], [style], [class], [id], dialog'),
  ].filter((element) => (isHidden(element) || isStyledAway(element)) && !isPanel(element));
  const unseen = new Set(hidden);
  const outermost = hidden.filter((element) => !hasAncestorIn(element, unseen));
  const length = outermost.reduce((sum, element) => sum + textOf(element).length, 0);
  // Some pages are hidden until a script of theirs ran.
  if (all > FEW && all - length < all / 10) {
    return ['Nearly all of the page is hidden until its scripts run; it is shown here all the same.'];
  }
  for (const element of outermost) element.remove();
  return length > all * NOTABLE_SHARE
    ? [`Text of ${length} characters that the page hides at first was left out.`]
    : [];
}

const isHidden = (element: DomElement): boolean =>
  (element.hasAttribute('hidden') && element.getAttribute('hidden') !== 'until-found') ||
  element.getAttribute('aria-hidden')?.toLowerCase() === 'true' ||
  nameOf(element) === 'dialog' ||
  isUnseen(element.getAttribute('style') ?? '');

const isUnseen = (style: string): boolean =>
  style !== '' && (UNSEEN_STYLE.test(style) || isFlat(style) || isOneColour(style));

/** No room, and nothing may stand out; a film is held open by its padding. */
const isFlat = (style: string): boolean =>
  /(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px|em|rem|%)?\s*(?:;|!|$)/i.test(style) &&
  /overflow(?:-[xy])?\s*:\s*(?:hidden|clip)/i.test(style) &&
  !/padding/i.test(style);

/** Text in the colour of what it stands on. */
function isOneColour(style: string): boolean {
  const colour = /(?:^|;)\s*color\s*:\s*([^;!]+)/i.exec(style)?.[1];
  const ground = /(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)/i.exec(style)?.[1];
  if (colour === undefined) return false;
  // Letters filled with a picture are transparent too.
  if (/^transparent\s*$/i.test(colour)) return !/background-clip\s*:\s*text/i.test(style);
  return ground !== undefined && plainColour(colour) === plainColour(ground);
}

const plainColour = (colour: string): string =>
  colour
    .trim()
    .toLowerCase()
    .replace(/^white$|^rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,\s*1\s*)?\)$/, '#ffffff')
    .replace(/^black$|^rgba?\(\s*0\s*,\s*0\s*,\s*0\s*(?:,\s*1\s*)?\)$/, '#000000')
    .replace(/^#([\da-f])([\da-f])([\da-f])$/, '#$1$1$2$2$3$3');

/** What a tab or the heading of an accordion opens is text for readers, who see all of it one after the other. */
const isPanel = (element: DomElement): boolean =>
  element.getAttribute('role') === 'tabpanel' ||
  (element.getAttribute('role') === 'region' && element.hasAttribute('aria-labelledby'));

function hasAncestorIn(element: DomElement, others: ReadonlySet<DomElement>): boolean {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (others.has(parent)) return true;
  }
  return false;
}

/** Of all style sheets in a page, characters. */
const MOST_STYLE = 1_000_000;
/** `.a`, `#a` and `p.a`: what a rule for one kind of element is called by. */
const PLAIN_SELECTOR = /^[a-z\d]*([.#][\w-]+)$/i;

/**
 * Whether a rule of the page's own style sheets hides an element by its class or id, for good: where another rule shows it,
 * or only some screens do not, it opens and closes.
 */
function hiddenByRule(styles: readonly string[]): (element: DomElement) => boolean {
  const hidden = new Set<string>();
  const shown = new Set<string>();
  for (const { selectors, declarations, isConditional } of rulesIn(styles.join('\n').slice(0, MOST_STYLE))) {
    const display = /(?:^|[;\s])display\s*:\s*([\w-]+)/i.exec(declarations)?.[1]?.toLowerCase();
    if (display === undefined) continue;
    for (const selector of selectors.split(',')) {
      const name = PLAIN_SELECTOR.exec(selector.trim())?.[1];
      if (display === 'none' && name !== undefined && !isConditional) hidden.add(name);
      if (display !== 'none') for (const each of selector.match(/[.#][\w-]+/g) ?? []) shown.add(each);
    }
  }
  for (const name of shown) hidden.delete(name);
  if (hidden.size === 0) return () => false;
  return (element) =>
    hidden.has(`#${element.getAttribute('id') ?? ''}`) ||
    (element.getAttribute('class') ?? '').split(/\s+/).some((name) => hidden.has(`.${name}`));
}

interface StyleRule {
  readonly selectors: string;
  readonly declarations: string;
  /** Within `@media` or the like: it holds for some screens only. */
  readonly isConditional: boolean;
}

function* rulesIn(css: string): Generator<StyleRule> {
  const open: string[] = [];
  let text = '';
  for (const piece of css.replace(/\/\*[\s\S]*?\*\//g, ' ').split(/([{}])/)) {
    if (piece === '{') {
      open.push(text.slice(text.lastIndexOf(';') + 1));
    } else if (piece === '}') {
      const selectors = open.pop() ?? '';
      yield { selectors, declarations: text, isConditional: open.length > 0 };
    } else {
      text = piece;
    }
  }
}
