import * as l10n from '@vscode/l10n';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { RunFormat } from '../../src/core/export/exportedRun';
import { Icon } from './Icon';
import { usePanel } from './panelContext';

const FORMATS: readonly (readonly [RunFormat, string])[] = [
  ['markdown', l10n.t('Markdown…')],
  ['html', l10n.t('HTML…')],
  ['json', l10n.t('JSON…')],
];

/** A menu button, as ARIA's authoring practices have it: arrow keys, Home, End, Escape. */
export function ExportMenu() {
  const { attempt } = usePanel();
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll('button') ?? [])];
  useEffect(() => {
    if (open) items()[0]?.focus();
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function move(event: KeyboardEvent): void {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (to === undefined) return;
    else all.at(to % all.length)?.focus();
    event.preventDefault();
  }

  return (
    <span
      class="menu-place"
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && menu.current?.contains(relatedTarget))) setOpen(false);
      }}
    >
      <button
        type="button"
        class="quiet"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        // A click takes the focus from the menu first, which closes it.
        onMouseDown={(event) => open && event.preventDefault()}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="export" /> {l10n.t('Export')}
      </button>
      {open && (
        <div class="menu" role="menu" id={id} ref={menu} aria-label={l10n.t('Export as')} onKeyDown={move}>
          {FORMATS.map(([format, words]) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={format}
              onClick={() => {
                close();
                void attempt({ type: 'export', format });
              }}
            >
              {words}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
