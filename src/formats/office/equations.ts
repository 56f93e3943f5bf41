/** Equations of Word (OMML, ECMA-376 part 1, 22.1) on one line, as mammoth knows none and would leave them out. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { grouped } from '../markup/mathml';
import { childElements, firstChild, isElement, parseXml, textContent, type XmlElement } from './xml';

const EQUATION = /<m:oMath>.*?<\/m:oMath>|<m:oMath\s[^>]*>.*?<\/m:oMath>/gs;
const DOCUMENT = 'word/document.xml';

/** The same file with each equation as a run of text. Only for a file whose unpacked size was checked. */
export function withEquationsAsText(bytes: Uint8Array, document: string): Uint8Array {
  if (!document.includes('<m:oMath')) return bytes;
  const told = document.replace(
    EQUATION,
    (xml) => `<w:r><w:t xml:space="preserve">${escape(linear(parseXml(xml)))}</w:t></w:r>`,
  );
  // What stands on a line of its own is inside an element that mammoth does not look into.
  const plain = told.replace(/<\/?m:oMathPara(?:\s[^>]*)?>|<m:oMathParaPr>.*?<\/m:oMathParaPr>/gs, '');
  return zipSync({ ...unzipSync(bytes), [DOCUMENT]: strToU8(plain) }, { level: 0 });
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As one would type it: `x^2`, `a_i`, `(a+b)/c`, `√(x)`. */
export function linear(element: XmlElement): string {
  const part = (name: string) => {
    const child = firstChild(element, name);
    return child === undefined ? '' : linear(child);
  };
  switch (element.name) {
    case 'm:t':
      return textContent(element);
    case 'm:sSup':
      return `${part('m:e')}^${grouped(part('m:sup'))}`;
    case 'm:sSub':
      return `${part('m:e')}_${grouped(part('m:sub'))}`;
    case 'm:sSubSup':
      return `${part('m:e')}_${grouped(part('m:sub'))}^${grouped(part('m:sup'))}`;
    case 'm:f':
      return `${grouped(part('m:num'))}/${grouped(part('m:den'))}`;
    case 'm:rad':
      return `${part('m:deg')}√${grouped(part('m:e'))}`;
    case 'm:nary':
      return `${operator(element)}${limits(part('m:sub'), part('m:sup'))} ${part('m:e')}`;
    case 'm:d':
      return `(${childElements(element, 'm:e').map(linear).join(', ')})`;
    case 'm:mr':
      return `${childElements(element, 'm:e').map(linear).join(', ')}; `;
    default:
      return element.children.filter(isElement).map(linear).join('');
  }
}

const limits = (from: string, to: string): string =>
  `${from === '' ? '' : `_${grouped(from)}`}${to === '' ? '' : `^${grouped(to)}`}`;

/** An integral where nothing is said. */
const operator = (nary: XmlElement): string => {
  const properties = firstChild(nary, 'm:naryPr');
  const character = properties && firstChild(properties, 'm:chr');
  return character?.attributes['m:val'] ?? '∫';
};
