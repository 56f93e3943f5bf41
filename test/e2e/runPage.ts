/** The page of a run, as a person sees and uses it: its parts by their accessible names. */
import type { FrameLocator, Locator } from 'playwright-core';
import { poll, type Editor } from '../integration/driver';

/** Asks by the palette, and waits for the page. */
export async function ask(editor: Editor, question: string): Promise<RunPage> {
  await editor.runCommand('Memento: Research');
  await editor.typeInQuickInput(question, 'What do you want to know?');
  return RunPage.of(editor, question);
}

export class RunPage {
  private constructor(readonly document: FrameLocator) {}

  /** The visible page that shows this question. */
  static async of(editor: Editor, question: string | RegExp): Promise<RunPage> {
    return new RunPage(await editor.panel(question, 'memento-research.memento'));
  }

  region(name: 'Retrieved cases' | 'Plan' | 'Answer'): Locator {
    return this.document.getByRole('region', { name, exact: true });
  }

  /** By its whole name, or by a pattern; the first of several. */
  button(name: string | RegExp): Locator {
    return this.document
      .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
      .first();
  }

  field(label: string | RegExp): Locator {
    return this.document.getByLabel(label).first();
  }

  /** What is asked before something runs. */
  get approval(): Locator {
    return this.document.locator('.approval[role=group]').first();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.button(name).click();
  }

  async shows(text: string | RegExp): Promise<void> {
    await this.document.getByText(text).first().waitFor();
  }

  /** The run has ended with an answer that can be judged. */
  async answered(): Promise<void> {
    await this.button('Accept').waitFor();
  }

  async deny(reason: string): Promise<void> {
    await this.field('Reason for denying').fill(reason);
    await this.press('Deny');
  }

  /** Tells the planner something while it works. */
  async steer(words: string): Promise<void> {
    const field = this.field('Guide the run');
    await field.fill(words);
    await field.press('Enter');
    await poll('the word to be taken', async () => (await field.inputValue()) === '');
  }

  async followUp(question: string): Promise<void> {
    await this.field('Follow-up question').fill(question);
    await this.field('Follow-up question').press('Enter');
  }
}
