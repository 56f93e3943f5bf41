import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Takes the focus by script only, and gives up the place in the order of Tab as soon as it has it no more. */
function focusPlace(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
}

const INTERACTIVE = 'a, button, input, textarea, summary';

/**
 * Keeps the keyboard where it was when what had the focus goes, as “Stop” does at the end of a run: the focus goes to
 * the row that took its place, else to what it stood in, and never to another button (a key that was meant for the one
 * that went must not press it).
 */
export function keepFocus(root: HTMLElement): void {
  /** From the focused element up to the root, each with the element before it; empty where nothing is to be kept. */
  let path: { readonly element: Element; readonly before: Element | null }[] = [];
  const isLost = () => document.activeElement === null || document.activeElement === document.body;

  root.addEventListener('focusin', ({ target }) => {
    path = [];
    for (let each = target; each instanceof Element && each !== root; each = each.parentElement) {
      path.push({ element: each, before: each.previousElementSibling });
    }
  });
  root.addEventListener('focusout', ({ target }) => {
    queueMicrotask(() => {
      // Left by a click into the void, and not because it went.
      if (target instanceof Element && target.isConnected && isLost()) path = [];
    });
  });
  new MutationObserver(() => {
    if (path[0]?.element.isConnected !== false || !isLost()) return;
    const standing = path.findIndex(({ element }) => element.isConnected);
    const home = path[standing]?.element ?? root.querySelector('main');
    const before = path[standing - 1]?.before;
    path = [];
    const next = before === null ? home?.firstElementChild : before?.isConnected && before.nextElementSibling;
    const place =
      next && !next.matches(INTERACTIVE) ? next : home?.closest('li, form, [role], section, main');
    if (place instanceof HTMLElement) focusPlace(place);
  }).observe(root, { childList: true, subtree: true });
}

/**
 * Takes the focus to the card and not to a button (a key that was meant for something else must not approve), and only
 * from where nothing is being done. When the card goes, the focus it held goes to the next one or to the plan.
 */
export function useCardFocus<E extends HTMLElement>() {
  const card = useRef<E>(null);
  useEffect(() => {
    const idle = document.activeElement === null || document.activeElement === document.body;
    // Somebody who is at work in the editor keeps the keyboard.
    if (idle && document.hasFocus()) card.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const own = card.current;
    return () => {
      if (!own?.contains(document.activeElement)) return;
      const plan = own.closest('section');
      queueMicrotask(() => {
        const next = plan?.querySelector('.approval') ?? plan;
        if (next instanceof HTMLElement) next.focus({ preventScroll: next === plan });
      });
    };
  }, []);
  return card;
}

/** Takes the focus as soon as it is there: for a field that the person has just asked for. */
export function useInitialFocus<E extends HTMLElement>(wanted = true) {
  const field = useRef<E>(null);
  useLayoutEffect(() => {
    if (wanted) field.current?.focus();
  }, []);
  return field;
}

export const isEscape = (event: KeyboardEvent): boolean => event.key === 'Escape' && !event.isComposing;

/** Ctrl+Enter, or Cmd+Enter on a Mac. */
export const isSubmit = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing;
