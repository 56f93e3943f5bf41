/** Formulas as TeX: from the annotation that KaTeX, MathJax and MediaWiki leave, else from MathML itself. */
import { type DomDocument, type DomElement, isElement, nameOf, textOf } from './dom';

/** Around a formula its renderer puts pictures of it. */
const WRAPPERS = '.katex-display, .katex, mjx-container, .MathJax, .mwe-math-element, .MathJax_Display';

/** Every formula becomes `<code data-tex="inline|block">`, which nothing that follows takes apart. */
export function replaceMath(document: DomDocument): void {
  for (const math of document.querySelectorAll('math')) {
    // Within another one: gone with it.
    if (math.parentElement?.closest('math')) continue;
    const tex = texOf(math);
    const outermost = outermostWrapper(math);
    const block = math.getAttribute('display') === 'block' || outermost.closest('.katex-display') !== null;
    const code = document.createElement('code');
    code.setAttribute('data-tex', block ? 'block' : 'inline');
    code.textContent = tex;
    outermost.replaceWith(code);
  }
  // MathJax 2 keeps the source in a script, which the tree has as code; what it drew stands before it.
  for (const drawn of document.querySelectorAll('.MathJax, .MathJax_Display, .MathJax_Preview'))
    drawn.remove();
}

function outermostWrapper(math: DomElement): DomElement {
  let found = math;
  for (
    let wrapper = math.closest(WRAPPERS);
    wrapper;
    wrapper = wrapper.parentElement?.closest(WRAPPERS) ?? null
  ) {
    found = wrapper;
  }
  return found;
}

function texOf(math: DomElement): string {
  const annotations = [...math.querySelectorAll('annotation')];
  const source = annotations.find((each) => /tex/i.test(each.getAttribute('encoding') ?? ''));
  const given = textOf(source ?? null) || (math.getAttribute('alttext') ?? '').trim();
  for (const each of annotations) each.remove();
  return (given === '' ? spelled(math) : given)
    .replace(/^\{\\displaystyle\s*([\s\S]*)\}$/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** MathML in TeX's spelling, as far as reading takes. Each element is spelled once: formulas may nest as deep as they like. */
function spelled(element: DomElement): string {
  if (element.children.length === 0) return textOf(element);
  const parts = () => [...element.children].map(spelled);
  switch (nameOf(element)) {
    case 'mfrac': {
      const [over = '', under = ''] = parts();
      return `\\frac{${over}}{${under}}`;
    }
    case 'msqrt':
      return `\\sqrt{${parts().join(' ')}}`;
    case 'mroot': {
      const [of = '', degree = ''] = parts();
      return `\\sqrt[${degree}]{${of}}`;
    }
    case 'msup':
    case 'mover': {
      const [base = '', above = ''] = parts();
      return `${base}^{${above}}`;
    }
    case 'msub':
    case 'munder': {
      const [base = '', below = ''] = parts();
      return `${base}_{${below}}`;
    }
    case 'msubsup':
    case 'munderover': {
      const [base = '', below = '', above = ''] = parts();
      return `${base}_{${below}}^{${above}}`;
    }
    case 'mtr':
      return `${parts().join(' & ')} \\\\`;
    default:
      return [...element.childNodes]
        .map((child) => (isElement(child) ? spelled(child) : textOf(child)))
        .filter((part) => part !== '')
        .join(' ');
  }
}
