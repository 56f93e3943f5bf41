import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { isTable } from '../../src/core/common/mediaType';
import type { ArtifactFile } from '../../src/core/ports';
import { madeFileName } from '../../src/core/common/madeFileName';
import { prettyJson, readTable, type Table } from '../files';
import { counted } from '../language';
import { ExactText } from './ExactText';
import { usePanel } from './panelContext';

interface Props {
  readonly callId: string;
  readonly file: ArtifactFile;
}

type Loaded =
  | { readonly kind: 'nothing' | 'loading' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string };

/** The beginning of a table or of data, read when somebody wants to see it. */
export function DataPreview({ callId, file }: Props) {
  const { request } = usePanel();
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'nothing' });

  async function load(): Promise<void> {
    setLoaded({ kind: 'loading' });
    const { ok, message } = await request({ type: 'readArtifact', callId, path: file.path });
    setLoaded(ok ? { kind: 'text', text: message } : { kind: 'problem', message });
  }

  return (
    <details
      class="data"
      onToggle={(event) => {
        if (event.currentTarget.open && loaded.kind === 'nothing') void load();
      }}
    >
      <summary>{isTable(file.mediaType) ? l10n.t('Show the table') : l10n.t('Show the data')}</summary>
      {loaded.kind === 'loading' && <p class="empty">{l10n.t('Reading…')}</p>}
      {loaded.kind === 'problem' && <p class="problem">{loaded.message}</p>}
      {loaded.kind === 'text' && <Preview file={file} text={loaded.text} />}
    </details>
  );
}

function Preview({ file, text }: { readonly file: ArtifactFile; readonly text: string }) {
  const name = madeFileName(file.path);
  if (!isTable(file.mediaType))
    return <ExactText text={prettyJson(text)} label={l10n.t('Beginning of {0}', name)} />;
  const table = readTable(text);
  return table === null ? (
    <ExactText text={text.slice(0, 4_000)} label={l10n.t('Beginning of {0}', name)} />
  ) : (
    <TableView table={table} name={name} />
  );
}

function TableView({ table, name }: { readonly table: Table; readonly name: string }) {
  const { header, rows, moreColumns, moreRows } = table;
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={l10n.t('Table {0}', name)}>
        <table>
          <thead>
            <tr>
              {header.map((cell, index) => (
                <th key={index} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(moreRows || moreColumns > 0) && <p class="aside">{whatIsMissing(table)}</p>}
    </>
  );
}

function whatIsMissing({ moreRows, moreColumns }: Table): string {
  if (moreColumns === 0) return l10n.t('The file has more rows.');
  return moreRows
    ? counted(
        moreColumns,
        l10n.t('The file has more rows and {0} more column.'),
        l10n.t('The file has more rows and {0} more columns.'),
      )
    : counted(moreColumns, l10n.t('The file has {0} more column.'), l10n.t('The file has {0} more columns.'));
}
