/** The last gate before the DOM: an allow list of what answers are made of. Nothing in it loads anything. */
import DOMPurify from 'dompurify';

const ALLOWED_TAGS = [
  ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 's', 'a', 'code', 'pre', 'blockquote'],
  ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'button'],
];

/** `class`, `type`, `data-evidence`, `data-mark` and `aria-label` are those of citations; the parser lets no others through. */
const PLAIN_ATTRIBUTES = [
  ...['title', 'rel', 'dir', 'class', 'type', 'start', 'tabindex'],
  ...['data-evidence', 'data-mark', 'aria-label'],
];

export function sanitize(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', ...PLAIN_ATTRIBUTES],
    ALLOWED_URI_REGEXP: /^(?:https|mailto):/i,
    // Attributes that hold no address would fail the expression above.
    ADD_URI_SAFE_ATTR: PLAIN_ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // A fragment and not a string: a second parse is where mutated markup would come alive.
    RETURN_DOM_FRAGMENT: true,
  });
}
