import { useState } from 'preact/hooks';
import { isTable } from '../../src/core/common/mediaType';
import type { ArtifactFile } from '../../src/core/ports';
import { madeFileName } from '../../src/core/common/madeFileName';
import { prettyJson, readTable, type Table } from '../files';
import { plural } from '../format';
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
      <summary>{isTable(file.mediaType) ? 'Show the table' : 'Show the data'}</summary>
      {loaded.kind === 'loading' && <p class="empty">Reading…</p>}
      {loaded.kind === 'problem' && <p class="problem">{loaded.message}</p>}
      {loaded.kind === 'text' && <Preview file={file} text={loaded.text} />}
    </details>
  );
}

function Preview({ file, text }: { readonly file: ArtifactFile; readonly text: string }) {
  const name = madeFileName(file.path);
  if (!isTable(file.mediaType)) return <ExactText text={prettyJson(text)} label={`Beginning of ${name}`} />;
  const table = readTable(text);
  return table === null ? (
    <ExactText text={text.slice(0, 4_000)} label={`Beginning of ${name}`} />
  ) : (
    <TableView table={table} name={name} />
  );
}

function TableView({ table, name }: { readonly table: Table; readonly name: string }) {
  const { header, rows, moreColumns, moreRows } = table;
  const more = [
    ...(moreRows ? ['more rows'] : []),
    ...(moreColumns > 0 ? [plural(moreColumns, 'more column')] : []),
  ];
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={`Table ${name}`}>
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
      {more.length > 0 && <p class="aside">The file has {more.join(' and ')}.</p>}
    </>
  );
}
