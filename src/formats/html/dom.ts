/** The part of the DOM (https://dom.spec.whatwg.org) that is used here. */

export interface DomNode {
  /** 1: element, 3: text, 8: comment. */
  readonly nodeType: number;
  readonly parentNode: DomNode | null;
  readonly parentElement: DomElement | null;
  readonly nextSibling: DomNode | null;
  readonly previousSibling: DomNode | null;
  readonly childNodes: Iterable<DomNode>;
  textContent: string | null;
}

export interface DomElement extends DomNode {
  /** Upper case for HTML. */
  readonly tagName: string;
  readonly children: Iterable<DomElement> & { readonly length: number };
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  innerHTML: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement> & { readonly length: number };
  closest(selector: string): DomElement | null;
  append(...nodes: (DomNode | string)[]): void;
  before(...nodes: (DomNode | string)[]): void;
  replaceWith(...nodes: (DomNode | string)[]): void;
  remove(): void;
}

export interface DomDocument extends DomNode {
  readonly documentElement: DomElement;
  readonly body: DomElement;
  createElement(name: string): DomElement;
  cloneNode(deep: boolean): DomDocument;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement> & { readonly length: number };
}

export const isElement = (node: DomNode | null): node is DomElement => node?.nodeType === 1;

/** Lower case. */
export const nameOf = (element: DomElement): string => element.tagName.toLowerCase();

/** The text with white space as a reader sees it. */
export const textOf = (node: DomNode | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Puts an element's children in its place. */
export const unwrap = (element: DomElement): void => element.replaceWith(...element.childNodes);

/** An element of another name in its place, with its children and attributes. */
export function rename(document: DomDocument, element: DomElement, name: string): void {
  const renamed = document.createElement(name);
  for (const attribute of element.attributes) renamed.setAttribute(attribute.name, attribute.value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}
