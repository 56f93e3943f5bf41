/** Links lead to https: and mailto: only; every other one, and every image, becomes text that shows where it leads. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const MAX_SHOWN_ADDRESS = 120;

export function isSafeAddress(address: string): boolean {
  if (!/^(?:https|mailto):/i.test(address)) return false;
  try {
    const { protocol } = new URL(address);
    return protocol === 'https:' || protocol === 'mailto:';
  } catch {
    return false;
  }
}

/** Accepts every address while parsing, so that what is refused shows as words and not as broken Markdown. */
export function addLinkRule(markdown: MarkdownIt): void {
  markdown.validateLink = () => true;
  markdown.core.ruler.push('secure_links', (state) => {
    for (const block of state.tokens) {
      if (block.children) block.children = secureLinks(block.children, state.Token);
    }
  });
}

type TokenClass = StateCore['Token'];

interface OpenLink {
  readonly address: string;
  readonly safe: boolean;
  /** Index of its first token of content. */
  readonly start: number;
}

function secureLinks(tokens: readonly Token[], make: TokenClass): Token[] {
  const secured: Token[] = [];
  const open: OpenLink[] = [];
  /** A button cannot stand inside a link: its citations come after it. */
  const held: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const address = String(token.attrGet('href') ?? '');
      const safe = isSafeAddress(address);
      if (safe) secured.push(leadTo(token, address));
      open.push({ address, safe, start: secured.length });
    } else if (token.type === 'link_close') {
      const link = open.pop();
      if (!link || link.safe) secured.push(token);
      else secured.push(...addressAfter(link.address, secured.slice(link.start), make));
      if (open.length === 0) secured.push(...held.splice(0));
    } else if (token.type === 'citation' && open.length > 0) {
      held.push(token);
    } else if (token.type === 'image') {
      secured.push(...imageAsLink(token, open.length > 0, make));
    } else {
      secured.push(token);
    }
  }
  return secured;
}

function leadTo(opening: Token, address: string): Token {
  opening.attrs = [
    ['href', address],
    ['title', address],
    ['rel', 'noopener noreferrer'],
  ];
  return opening;
}

/** ` (address)`, unless the link's own words are the address. */
function addressAfter(address: string, label: readonly Token[], make: TokenClass): Token[] {
  const words = label.map((token) => token.content).join('');
  return address === '' || words === address ? [] : [text(` (${shortened(address)})`, make)];
}

function imageAsLink(image: Token, insideLink: boolean, make: TokenClass): Token[] {
  const address = String(image.attrGet('src') ?? '');
  const words = `Image: ${image.content || 'untitled'}`;
  if (insideLink) return [text(words, make)];
  if (!isSafeAddress(address)) return [text(`${words} (${shortened(address)})`, make)];
  const opening = leadTo(new make('link_open', 'a', 1), address);
  return [opening, text(words, make), new make('link_close', 'a', -1)];
}

function text(content: string, make: TokenClass): Token {
  const token = new make('text', '', 0);
  token.content = content;
  return token;
}

/** A data: address can be longer than the answer. */
const shortened = (address: string): string =>
  address.length > MAX_SHOWN_ADDRESS ? `${address.slice(0, MAX_SHOWN_ADDRESS)}…` : address;
