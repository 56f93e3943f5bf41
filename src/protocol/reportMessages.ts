/** The messages between the extension host and the page of the memory report. */
import type { MemoryReport } from '../core/memory/report/memoryReport';
import type { ReportSection } from '../core/memory/report/sections';
import type { PageMessage, ReplyMessage } from './messages';

export type { MemoryReport, ListedRecord } from '../core/memory/report/memoryReport';
export type { ReportSection, ReportTable, TableRow } from '../core/memory/report/sections';

export type ReportHostMessage =
  /** The report, and what it says in words and tables; comes anew when the memory has changed. */
  | {
      readonly type: 'report';
      readonly report: MemoryReport;
      readonly sections: readonly ReportSection[];
    }
  /** There is no report, in one sentence. */
  | { readonly type: 'unavailable'; readonly message: string }
  | ReplyMessage;

export type ReportRequest =
  | { readonly type: 'openCase'; readonly caseId: string }
  | { readonly type: 'copyJson' }
  /** Make it anew. */
  | { readonly type: 'refresh' };

/** The host answers `ready` with `report` or `unavailable`. */
export type ReportPageMessage = PageMessage<ReportRequest>;
