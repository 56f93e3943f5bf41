/** How the person wants to see the cases of this folder, remembered with the workspace. */
import * as vscode from 'vscode';
import { CASE_ORDERS, type CaseOrder } from '../core/memory/bank';
import { GROUPINGS, type Grouping } from './caseGroups';

const GROUPING = 'memento.caseGrouping';
const ORDER = 'memento.caseOrder';

export class CaseView {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#tellMenus();
  }

  get grouping(): Grouping {
    const kept = this.#state.get<unknown>(GROUPING);
    return GROUPINGS.find((name) => name === kept) ?? 'date';
  }

  get order(): CaseOrder {
    const kept = this.#state.get<unknown>(ORDER);
    return CASE_ORDERS.find((name) => name === kept) ?? 'newest';
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.#state.update(GROUPING, grouping);
    this.#tellMenus();
  }

  async orderBy(order: CaseOrder): Promise<void> {
    await this.#state.update(ORDER, order);
    this.#tellMenus();
  }

  /** The menus disable what is so already. */
  #tellMenus(): void {
    void vscode.commands.executeCommand('setContext', GROUPING, this.grouping);
    void vscode.commands.executeCommand('setContext', ORDER, this.order);
  }
}
