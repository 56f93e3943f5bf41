/** XML of Office files as a tree in document order. */
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';

export interface XmlElement {
  /** With its prefix, `a:t`: the programs that write these files all use the prefixes of the standard. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}
export type XmlNode = XmlElement | string;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // What numeric references need.
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

const Ordered = z.array(z.record(z.string(), z.unknown()));
const Attributes = z.record(z.string(), z.coerce.string()).catch({});

/** The root element. @throws Error for what is not XML. */
export function parseXml(text: string): XmlElement {
  const root = nodes(parser.parse(text)).find((node) => typeof node !== 'string');
  if (root === undefined) throw new Error('there is no element in it');
  return root;
}

function nodes(ordered: unknown): XmlNode[] {
  return Ordered.parse(ordered).flatMap((item): XmlNode[] => {
    const name = Object.keys(item).find((key) => key !== ':@');
    if (name === undefined) return [];
    if (name === '#text') return [String(item[name])];
    return [{ name, attributes: Attributes.parse(item[':@'] ?? {}), children: nodes(item[name]) }];
  });
}

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string';

export const childElements = (element: XmlElement, name?: string): readonly XmlElement[] =>
  element.children.filter(isElement).filter((child) => name === undefined || child.name === name);

export const firstChild = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.filter(isElement).find((child) => child.name === name);

/** The element at the end of a path of names. */
export const descend = (
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined =>
  names.reduce<XmlElement | undefined>((parent, name) => firstChild(parent, name), element);

/** All below with that name, in document order. */
export function* descendants(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (!isElement(child)) continue;
    if (child.name === name) yield child;
    yield* descendants(child, name);
  }
}

/** All text below. */
export const textContent = (node: XmlNode): string =>
  typeof node === 'string' ? node : node.children.map(textContent).join('');
