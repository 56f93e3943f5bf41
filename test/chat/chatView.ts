/** Drives the chat view, as a person would. Its selectors are kept here and nowhere else. */
import type { Locator } from 'playwright-core';
import * as vscode from 'vscode';
import { poll, type Editor } from '../integration/driver';

export class ChatView {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Opens it, and waits until a model is chosen: without one VS Code sends nothing to a participant. */
  async open(model: string): Promise<void> {
    await poll('a language model', async () => (await vscode.lm.selectChatModels()).length > 0);
    await vscode.commands.executeCommand('workbench.action.chat.open');
    await this.#editor.page
      .locator('.interactive-session .chat-input-toolbars', { hasText: model })
      .waitFor();
  }

  /** Sends a message in the conversation that is open. */
  async send(text: string): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.chat.open', { query: text });
  }

  async newConversation(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  }

  /** The newest response, complete or not. */
  response(): Locator {
    return this.#editor.page.locator('.interactive-session .interactive-response').last();
  }

  /** Waits until the response has this text. */
  async says(text: string | RegExp, timeoutMs = 45_000): Promise<Locator> {
    const found = this.response().filter({ hasText: text });
    await found.waitFor({ timeout: timeoutMs });
    return found;
  }

  button(name: string): Locator {
    return this.response().getByRole('button', { name, exact: true });
  }

  /** Under the newest response; VS Code shows them to the mouse. */
  async thumb(kind: 'up' | 'down'): Promise<void> {
    await this.response().hover();
    await this.response().locator(`.codicon-thumbs${kind}`).first().click();
  }

  /** In the newest response, by a part of its text. */
  link(text: string): Locator {
    return this.response().locator('a:visible', { hasText: text });
  }

  followUp(label: string): Locator {
    return this.#editor.page.locator('.interactive-session a, .interactive-session [role="button"]', {
      hasText: label,
    });
  }

  /** Confirms what a tool is about to do. */
  async allow(): Promise<void> {
    await this.#editor.page
      .locator('.interactive-session')
      .getByRole('button', { name: /^(Allow|Continue)/ })
      .last()
      .click();
  }

  async stop(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.chat.cancel');
  }
}
