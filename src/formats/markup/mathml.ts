/** A formula in MathML on one line. */
import { descendants, isElement, textContent, type XmlElement } from '../office/xml';

/** As its author typed it (TeX, StarMath) where that stands beside it, else with `^`, `_` and `/`. */
export function formulaText(math: XmlElement): string {
  const typed = [...descendants(math, 'annotation'), ...descendants(math, 'math:annotation')][0];
  return (typed === undefined ? linear(math) : textContent(typed)).replace(/\s+/g, ' ').trim();
}

function linear(element: XmlElement): string {
  const [base = '', second = '', third = ''] = element.children.filter(isElement).map(linear);
  switch (element.name.replace(/^math:/, '')) {
    case 'msup':
    case 'mover':
      return `${base}^${grouped(second)}`;
    case 'msub':
    case 'munder':
      return `${base}_${grouped(second)}`;
    case 'msubsup':
    case 'munderover':
      return `${base}_${grouped(second)}^${grouped(third)}`;
    case 'mfrac':
      return `${grouped(base)}/${grouped(second)}`;
    case 'msqrt':
      return `√(${inside(element)})`;
    case 'mroot':
      return `${second}√(${base})`;
    default:
      return inside(element);
  }
}

const inside = (element: XmlElement): string =>
  element.children.map((child) => (isElement(child) ? linear(child) : child.trim())).join('');

/** In brackets where it is more than one number or name. */
export const grouped = (text: string): string => (/^[\p{L}\p{N}.,]+$/u.test(text) ? text : `(${text})`);
