/** Questions one after the other at the top of the window, by keyboard, with a way back. */
import * as vscode from 'vscode';

/** The person pressed the back button. */
export const BACK = Symbol('back');
/** The person turned away. */
export const DISMISSED = Symbol('dismissed');
export type Turned = typeof BACK | typeof DISMISSED;

/** Asks something, and says what comes next: another step, or that all is known. */
export type Step = () => Promise<Step | Turned | 'done'>;

export interface Place {
  readonly title: string;
  /** From 1 on; the first has no way back. */
  readonly step: number;
  readonly totalSteps: number;
  /** Takes the question away. */
  readonly signal: AbortSignal | undefined;
}

/** Walks the steps; true where the last one was reached. */
export async function walk(first: Step): Promise<boolean> {
  const passed: Step[] = [];
  let step = first;
  for (;;) {
    const next = await step();
    if (next === 'done') return true;
    if (next === DISMISSED) return false;
    if (next === BACK) step = passed.pop() ?? first;
    else {
      passed.push(step);
      step = next;
    }
  }
}

export interface Choices<T extends vscode.QuickPickItem> extends Place {
  readonly placeholder: string;
  /** Loaded while the list shows that it is busy; called again by an item of `again`. */
  readonly load: (signal: AbortSignal) => Promise<readonly T[]> | readonly T[];
  /** An item for what was typed and is in no list. */
  readonly typed?: (value: string) => T;
  readonly again?: (item: T) => boolean;
}

export function pick<T extends vscode.QuickPickItem>(choices: Choices<T>): Promise<T | Turned> {
  const { placeholder, load, typed, again } = choices;
  const quickPick = vscode.window.createQuickPick<T>();
  const closed = new AbortController();
  let loaded: readonly T[] = [];
  const show = () => {
    const value = quickPick.value.trim();
    const isListed = loaded.some(({ label }) => label === value);
    quickPick.items = typed && value !== '' && !isListed ? [...loaded, typed(value)] : loaded;
  };
  const refresh = async () => {
    quickPick.busy = true;
    loaded = await load(closed.signal);
    if (closed.signal.aborted) return;
    quickPick.busy = false;
    show();
  };
  quickPick.placeholder = placeholder;
  quickPick.matchOnDescription = true;
  if (typed) quickPick.onDidChangeValue(show);
  const answer = settle<T>(quickPick, choices, (resolve) => {
    quickPick.onDidAccept(() => {
      const [item] = quickPick.selectedItems;
      if (item && again?.(item)) void refresh();
      else if (item) resolve(item);
    });
  }).finally(() => closed.abort());
  void refresh();
  return answer;
}

export interface Question extends Place {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with a value, undefined where nothing is. */
  readonly problem?: (value: string) => string | undefined;
}

/** What was typed, without blanks around it. */
export function ask(question: Question): Promise<string | Turned> {
  const input = vscode.window.createInputBox();
  const { prompt, placeholder, value = '', password = false, problem } = question;
  Object.assign(input, { prompt, placeholder, value, password });
  input.onDidChangeValue(() => (input.validationMessage = undefined));
  return settle<string>(input, question, (resolve) => {
    input.onDidAccept(() => {
      const typed = input.value.trim();
      const wrong = problem?.(typed);
      if (wrong === undefined) resolve(typed);
      else input.validationMessage = wrong;
    });
  });
}

/** Shows a question until it is answered, left, or taken away. */
function settle<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, totalSteps, signal }: Place,
  onAnswer: (resolve: (value: T) => void) => void,
): Promise<T | Turned> {
  Object.assign(input, { title, step, totalSteps, ignoreFocusOut: true });
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const hide = () => input.hide();
    const end = (value: T | Turned) => {
      resolve(value);
      signal?.removeEventListener('abort', hide);
      input.dispose();
    };
    onAnswer(end);
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end(BACK);
    });
    input.onDidHide(() => end(DISMISSED));
    signal?.addEventListener('abort', hide, { once: true });
    if (signal?.aborted) end(DISMISSED);
    else input.show();
  });
}
