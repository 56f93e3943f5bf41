/**
 * Drives VS Code's own user interface, as a person would, from within the extension host: playwright over the
 * DevTools protocol. Selectors of the workbench are kept here and nowhere else. Everything polls; nothing sleeps.
 */
import path from 'node:path';
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';

const TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** The active document of a webview is in an iframe of its iframe. */
const WEBVIEW = 'iframe.webview.ready';
const WEBVIEW_DOCUMENT = 'iframe#active-frame';

export class Editor {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Port of test/editor/run.mjs; one connection serves all tests of a run, see `openEditor`. */
  static async connect(port: string): Promise<Editor> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = await poll('the workbench', () => findWorkbench(browser));
    page.setDefaultTimeout(TIMEOUT_MS);
    return new Editor(browser, page);
  }

  disconnect(): Promise<void> {
    return this.browser.close();
  }

  // Commands and questions

  /** Opens the command palette and runs a command by its title, for example `Memento: Research`. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette(title);
    await this.pickQuickInput(title);
  }

  /** Opens the command palette with a command typed in. */
  async openPalette(command = ''): Promise<void> {
    await this.page.keyboard.press('Escape'); // an open list would swallow F1
    await this.page.keyboard.press('F1');
    await this.quickInput().fill(`>${command}`);
  }

  /** The one text box at the top: the palette, a pick, or an extension's question. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** The list or question at the top that shows this text. */
  async quickInputWith(text: string | RegExp): Promise<Locator> {
    const widget = this.page.locator('.quick-input-widget:visible', { hasText: text });
    await widget.waitFor();
    return widget;
  }

  quickInputRows(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }

  /** Chooses the row with this label; a string is the whole label, as one command's title may begin another's. */
  async pickQuickInput(label: string | RegExp): Promise<void> {
    const hasText = typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`) : label;
    const row = this.quickInputRows().filter({ has: this.page.locator('.label-name', { hasText }) });
    await row.first().click();
  }

  /** Answers an extension's question (`showInputBox`), which is told by its placeholder or its prompt. */
  async typeInQuickInput(text: string, question?: string | RegExp): Promise<void> {
    if (question !== undefined) await this.quickInputAsks(question);
    await this.quickInput().fill(text);
    await this.quickInput().press('Enter');
  }

  private async quickInputAsks(question: string | RegExp): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible');
    const asked = widget
      .filter({ hasText: question })
      .or(widget.filter({ has: this.page.getByPlaceholder(question) }));
    await asked.waitFor();
  }

  // Webviews

  /**
   * The document of the visible webview that shows this text.
   * `extension` narrows it to one publisher.name; a webview's address carries it.
   */
  async panel(content: string | RegExp = /\S/, extension?: string): Promise<FrameLocator> {
    return poll(`a webview with ${content}`, async () => {
      const frames = this.page.locator(extension ? `${WEBVIEW}[src*="extensionId=${extension}"]` : WEBVIEW);
      for (const frame of await frames.all()) {
        if (!(await frame.isVisible())) continue;
        const document = frame.contentFrame().frameLocator(WEBVIEW_DOCUMENT);
        if ((await document.locator('body').filter({ hasText: content }).count()) > 0) return document;
      }
      return undefined;
    });
  }

  /** A landmark of a webview by its accessible name: `<section aria-label="Plan">`. */
  async webviewRegion(name: string | RegExp, content?: string | RegExp): Promise<Locator> {
    const region = (await this.panel(content)).getByRole('region', { name });
    await region.waitFor();
    return region;
  }

  async clickInPanel(buttonName: string | RegExp, content?: string | RegExp): Promise<void> {
    await (await this.panel(content)).getByRole('button', { name: buttonName }).first().click();
  }

  // Views, notifications, terminal

  /** Shows a view container of the activity bar; a click on the one that is shown would hide it. */
  async openView(name: string): Promise<void> {
    const item = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`.action-label[aria-label^="${name}"]`),
    });
    const title = this.page.locator('.sidebar .composite.title', { hasText: name });
    // A window that is just loading shows what was open as chosen before it is there.
    await poll(`the view ${name}`, async () => {
      if (await title.isVisible()) return true;
      await item.click();
      return title.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Rows of a tree view in the side bar, told by its title. Use `.filter`, `.count`, `waitFor` on them. */
  treeRows(viewName: string): Locator {
    const header = this.page.locator(`.pane-header[aria-label^="${viewName}"]`);
    return this.page
      .locator('.split-view-view .pane', { has: header })
      .locator('.pane-body .monaco-list-row');
  }

  /** Opens the context menu of an element and chooses in it. */
  async chooseInContextMenu(target: Locator, item: string): Promise<void> {
    const entry = this.page.locator('.monaco-menu').getByText(item, { exact: true });
    // A menu closes again where something else is focused in this moment, e.g. a panel that has just been opened.
    await poll(`a menu with ${item}`, async () => {
      await target.click({ button: 'right' });
      return entry.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    });
    // A menu that has just opened takes no click: the one that opened it could be meant for what is below.
    await poll(`the menu to take ${item}`, async () => {
      await entry.click({ timeout: 500 }).catch(() => undefined);
      return (await entry.count()) === 0;
    });
  }

  /** The notification that shows this text. */
  async toast(text: string | RegExp = /\S/): Promise<Locator> {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** What the visible terminal shows: its rows, without the blanks at their ends. */
  async terminalText(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper:visible .xterm-rows > div');
    await rows.first().waitFor();
    const lines = await rows.allInnerTexts();
    return lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Written to test-results/screenshots/<name>.png; the path is returned. */
  async screenshot(name: string): Promise<string> {
    const folder = process.env.MEMENTO_SCREENSHOTS ?? path.resolve('test-results/screenshots');
    const file = path.join(folder, `${name.replace(/[^\w.-]+/g, '-').slice(0, 100)}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** Asks every 50 ms until the answer is neither undefined nor false. */
export async function poll<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what} (${timeoutMs} ms)`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

let shared: Promise<Editor> | undefined;

/** The editor that this test runs in. */
export function openEditor(): Promise<Editor> {
  const port = process.env.MEMENTO_CDP_PORT;
  if (port === undefined)
    throw new Error('Start the tests with test/editor/run.mjs, which opens a debugging port.');
  shared ??= Editor.connect(port);
  return shared;
}

/** Part of the runner. */
export async function closeEditor(): Promise<void> {
  await (await shared)?.disconnect();
  shared = undefined;
}

/** Part of the runner: evidence where the failed test had used the user interface. */
export async function screenshotOfFailure(test: string): Promise<void> {
  const editor = await shared?.catch(() => undefined);
  if (editor) console.log(`      screenshot: ${await editor.screenshot(`failed-${test}`)}`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function findWorkbench(browser: Browser): Promise<Page | undefined> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    if ((await page.locator('.monaco-workbench').count()) > 0) return page;
  }
  return undefined;
}
