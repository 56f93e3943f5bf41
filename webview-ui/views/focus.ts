import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

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
