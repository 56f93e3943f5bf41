import type { ReportTable, TableRow } from '../../src/protocol/reportMessages';

interface Props {
  readonly table: ReportTable;
  /** Its caption is written above it already. */
  readonly alone: boolean;
  readonly openCase: (caseId: string) => void;
}

/** Wide ones scroll in a box of their own, which the keyboard reaches. */
export function DataTable({ table: { caption, columns, rows }, alone, openCase }: Props) {
  return (
    <div class="table-box" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class={alone ? 'visually-hidden' : ''}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <Row key={row.caseId ?? r} row={row} openCase={openCase} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row: { cells, caseId },
  openCase,
}: {
  readonly row: TableRow;
  readonly openCase: Props['openCase'];
}) {
  const [name = '', ...figures] = cells;
  return (
    <tr>
      <th scope="row">
        {caseId === undefined ? (
          name
        ) : (
          <button type="button" class="link" onClick={() => openCase(caseId)}>
            {name}
          </button>
        )}
      </th>
      {figures.map((figure, c) => (
        <td key={c}>{figure}</td>
      ))}
    </tr>
  );
}
