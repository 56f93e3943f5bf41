import * as vscode from 'vscode';

export const EMPTY_QUESTION = 'The question is empty: type what you want to know.';

/** Asks for a question; an empty one is refused where it is typed. Undefined where the user turned away. */
export function askQuestion(): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Research';
  input.prompt = 'What do you want to know?';
  input.placeholder = 'A question about the files of this folder';
  input.ignoreFocusOut = true;
  return new Promise((resolve) => {
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => {
      const question = input.value.trim();
      if (question === '') {
        input.validationMessage = EMPTY_QUESTION;
        return;
      }
      resolve(question);
      input.hide();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
