import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Marks } from '../markdown/citations';
import { renderMarkdown } from '../markdown/render';
import { usePanel } from './panelContext';

const NO_MARKS: Marks = new Map();

const FOCUSABLE = 'a[href], button, [tabindex]';

/** A text that is written on is made anew, piece by piece: what had the focus in it has it in the new one too. */
function replaceKeepingFocus(place: HTMLElement, content: DocumentFragment): void {
  const index = [...place.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement ?? place);
  place.replaceChildren(content);
  const again = index < 0 ? null : place.querySelectorAll(FOCUSABLE)[index];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** Sanitised before it reaches the page; a citation opens its source. */
export function Markdown({ text, marks = NO_MARKS }: { readonly text: string; readonly marks?: Marks }) {
  const place = useRef<HTMLDivElement>(null);
  const { attempt } = usePanel();
  useLayoutEffect(() => {
    if (place.current) replaceKeepingFocus(place.current, renderMarkdown(text, marks));
  }, [text, marks]);

  function openEvidence(event: MouseEvent): void {
    const { target } = event;
    const chip = target instanceof Element ? target.closest('button[data-evidence]') : null;
    const evidenceId = chip?.getAttribute('data-evidence');
    if (!evidenceId || !marks.has(evidenceId)) return;
    const mark = Number(chip?.getAttribute('data-mark') ?? 0);
    void attempt({ type: 'openEvidence', evidenceId, mark });
  }

  return <div class="markdown" ref={place} onClick={openEvidence} />;
}
