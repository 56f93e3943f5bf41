import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { ReportSection } from '../../src/protocol/reportMessages';
import { DataTable } from './DataTable';

interface Props {
  readonly section: ReportSection;
  /** In the place of the plain words. */
  readonly verdict: ComponentChildren;
  readonly plot: ComponentChildren;
  readonly openCase: (caseId: string) => void;
}

/** Words, plot, and the figures of the plot as tables. Tables that name cases are open: cases are to be looked at. */
export function Section({ section: { name, title, words, notes, tables }, verdict, plot, openCase }: Props) {
  const id = `section-${name}`;
  const namesCases = tables.some(({ rows }) => rows.some(({ caseId }) => caseId !== undefined));
  const open = namesCases || (plot === null && tables.length > 0);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {verdict ?? <p class="words">{words}</p>}
      {plot}
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {tables.length > 0 && (
        <details open={open}>
          <summary>
            {tables.length === 1 ? l10n.t('Table: {0}', tables[0]?.caption ?? '') : l10n.t('Tables')}
          </summary>
          {tables.map((table) => (
            <DataTable key={table.caption} table={table} alone={tables.length === 1} openCase={openCase} />
          ))}
        </details>
      )}
    </section>
  );
}
