/**
 * A page as a tree of what readers see, never deeper, larger or with more attributes than the steps after it can bear:
 * whatever was sent, it can be walked by recursion.
 */
import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import type { DomDocument, DomElement } from './dom';

/** Elements inside one another; what is deeper stands at this depth. */
const DEEPEST = 160;
/** From here on tags are no structure but an attack or an accident: only the page's text is kept. */
const ABSURD = 20_000;
const MOST_ELEMENTS = 150_000;
const LONGEST_VALUE = 4_000;

export interface PageTree {
  /** `title`, `meta`, `link` and `base` are in its head, wherever they stood. */
  readonly document: DomDocument;
  /** The texts of JSON-LD scripts. */
  readonly data: readonly string[];
  /** The texts of its `style` elements. */
  readonly styles: readonly string[];
  /** Part of the page's structure was given up. */
  readonly simplified: boolean;
}

const KEPT =
  /^(?:id|class|href|src|alt|title|lang|dir|name|content|property|itemprop|rel|type|datetime|pubdate|rowspan|colspan|role|hidden|style|aria-hidden|aria-labelledby|aria-level|http-equiv|data-src|data-original|data-lazy-src|srcset|data-lang|data-language|encoding|display|alttext|start|width|height|checked)$/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
const HEAD = /^(?:title|meta|link|base)$/;
const FRAME = /^(?:html|head|body)$/;
/** Their text is for machines or for nobody. */
const SILENT = /^(?:script|template|svg|canvas|select|textarea|iframe)$/;
const NAME = /^[a-z][a-z0-9-]*$/;

export function pageTree(html: string): PageTree {
  const builder = new Builder();
  const parser = new Parser(builder, { decodeEntities: true });
  try {
    // NUL is no character of any text.
    parser.write(html.replaceAll('\0', ''));
    parser.end();
    return builder.result();
  } catch (error) {
    if (!(error instanceof AbsurdlyDeep)) throw error;
    return textTree(textOnly(html));
  }
}

class AbsurdlyDeep extends Error {}

const emptyDocument = (): DomDocument =>
  parseHTML('<!doctype html><html><head></head><body></body></html>').document;

/** An open tag: where what is inside goes (undefined: nowhere), and what ends it. */
interface Frame {
  readonly into: DomElement | undefined;
  readonly close?: () => void;
}

class Builder {
  readonly #document = emptyDocument();
  readonly #head = this.#document.querySelector('head');
  /** Joined to the document at the end: what is attached is slower to add to. */
  readonly #root = this.#document.createElement('div');
  readonly #data: string[] = [];
  readonly #styles: string[] = [];
  readonly #frames: Frame[] = [];
  #into: DomElement | undefined = this.#root;
  #text = '';
  #depth = 0;
  #elements = 0;
  #simplified = false;

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#frames.length > ABSURD) throw new AbsurdlyDeep();
    const frame = this.#open(name, attributes);
    if (frame.into !== this.#into) this.#flush();
    this.#frames.push(frame);
    this.#into = frame.into;
  }

  ontext(text: string): void {
    if (this.#into !== undefined) this.#text += text;
  }

  onclosetag(): void {
    const frame = this.#frames.pop();
    const outer = this.#frames.at(-1);
    const into = outer === undefined ? this.#root : outer.into;
    if (into !== this.#into) this.#flush();
    frame?.close?.();
    this.#into = into;
  }

  result(): PageTree {
    this.#flush();
    this.#document.body.append(...this.#root.childNodes);
    return {
      document: this.#document,
      data: this.#data,
      styles: this.#styles,
      simplified: this.#simplified,
    };
  }

  #flush(): void {
    if (this.#text !== '') this.#into?.append(this.#text);
    this.#text = '';
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): Frame {
    const into = this.#into;
    if (into === undefined) return { into: undefined };
    if (name === 'script') return this.#script((attributes['type'] ?? '').trim().toLowerCase());
    if (name === 'style') return this.#aside(this.#styles);
    if (FRAME.test(name) || !NAME.test(name)) return { into };
    if (this.#depth >= DEEPEST || this.#elements >= MOST_ELEMENTS) {
      this.#simplified = true;
      return { into: SILENT.test(name) ? undefined : into };
    }
    this.#flush();
    if (SILENT.test(name) && name !== 'iframe') return { into: undefined };
    const element = this.#element(name, attributes);
    (HEAD.test(name) ? this.#head : into)?.append(element);
    if (name === 'iframe') return { into: undefined };
    if (VOID.test(name)) return { into };
    this.#depth++;
    return { into: element, close: () => this.#depth-- };
  }

  #element(name: string, attributes: Readonly<Record<string, string>>): DomElement {
    this.#elements++;
    const element = this.#document.createElement(name);
    for (const key in attributes) {
      const value = attributes[key] ?? '';
      // What a picture is made of is no address of it.
      const isUseful = value.length <= LONGEST_VALUE && !/^\s*data:/i.test(value);
      if (isUseful && KEPT.test(key)) element.setAttribute(key, value);
    }
    return element;
  }

  /** Formulas stand in their sentence; JSON-LD is kept for who asks what the page is. */
  #script(type: string): Frame {
    this.#flush();
    if (type.startsWith('application/ld+json')) return this.#aside(this.#data);
    if (!type.startsWith('math/tex')) return { into: undefined };
    const holder = this.#document.createElement('code');
    holder.setAttribute('data-tex', type.includes('mode=display') ? 'block' : 'inline');
    this.#into?.append(holder);
    return { into: holder };
  }

  /** Text that is kept, but is none of the page. */
  #aside(texts: string[]): Frame {
    this.#flush();
    const holder = this.#document.createElement('code');
    return { into: holder, close: () => texts.push(holder.textContent ?? '') };
  }
}

function textTree(text: string): PageTree {
  const document = emptyDocument();
  document.body.append(text);
  return { document, data: [], styles: [], simplified: true };
}

/** What stands outside of angle brackets, in one pass. */
function textOnly(html: string): string {
  const parts: string[] = [];
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    parts.push(html.slice(at, open < 0 ? html.length : open));
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) break;
    at = close + 1;
  }
  return parts.filter((part) => part.trim() !== '').join(' ');
}
