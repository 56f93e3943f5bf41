import * as vscode from 'vscode';

export const emptyQuestion = (): string =>
  vscode.l10n.t('The question is empty: type what you want to know.');

export interface AskOptions {
  /** What stands in the box, to be changed or asked as it is. */
  readonly value?: string;
  /** An example for the placeholder, when it is found. Its failure is nobody's concern here. */
  readonly sample?: Promise<string | undefined>;
}

/** Asks for a question; an empty one is refused where it is typed. Undefined where the user turned away. */
export function askQuestion({ value = '', sample }: AskOptions = {}): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Research');
  input.prompt = vscode.l10n.t('What do you want to know?');
  input.placeholder = vscode.l10n.t('A question about the files of this folder');
  input.value = value;
  input.ignoreFocusOut = true;
  let open = true;
  sample?.then(
    (found) => {
      if (open && found !== undefined) input.placeholder = vscode.l10n.t('For example: {0}', found);
    },
    () => undefined,
  );
  return new Promise((resolve) => {
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => {
      const question = input.value.trim();
      if (question === '') {
        input.validationMessage = emptyQuestion();
        return;
      }
      resolve(question);
      input.hide();
    });
    input.onDidHide(() => {
      open = false;
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
