/** Pictures of the editor's window for README and docs: crisp, and with nothing in them that moves. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import * as vscode from 'vscode';

/** Of the bundle in dist/test. */
const IMAGES = path.resolve(__dirname, '../../docs/images');

export interface Frame {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of CSS: 2 is crisp, less keeps a large picture small. */
  readonly scale: number;
}

/** A part of the window, CSS pixels. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box with a margin, CSS pixels. @param box null where what the picture is of is not in the window */
export function around(box: Clip | null, margin: number): Clip {
  if (!box) throw new Error('What the picture is of is not in the window.');
  const [x, y] = [box.x - margin, box.y - margin];
  return { x, y, width: box.width + 2 * margin, height: box.height + 2 * margin };
}

export class Camera {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(page: Page): Promise<Camera> {
    return new Camera(page, await page.context().newCDPSession(page));
  }

  /** The window at this size; over the protocol, as playwright's own call knows no scale for a page that is open. */
  async frame({ width, height, scale }: Frame): Promise<void> {
    await this.session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
    await this.page.mouse.move(width - 1, height - 1); // nothing is hovered
  }

  /** Written to docs/images/<name>.png: the window, or a part of it. */
  async take(name: string, clip?: Clip): Promise<void> {
    await vscode.commands.executeCommand('notifications.clearAll');
    await this.settled();
    const { data } = await this.session.send('Page.captureScreenshot', {
      format: 'png',
      ...(clip ? { clip: { ...clip, scale: 1 } } : {}),
    });
    writeFileSync(path.join(IMAGES, `${name}.png`), Buffer.from(data, 'base64'));
  }

  /** Until two looks in a row see the same. */
  private async settled(): Promise<void> {
    let before = '';
    for (let look = 0; look < 20; look++) {
      const { data } = await this.session.send('Page.captureScreenshot', { format: 'png' });
      if (data === before) return;
      before = data;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

export const set = (name: string, value: unknown): Thenable<void> =>
  vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);

/** Light, and without what belongs to the machine and not to the picture. */
export async function plainWindow(): Promise<void> {
  await set('workbench.colorTheme', 'Default Light Modern');
  await set('workbench.statusBar.visible', false);
  await set('workbench.layoutControl.enabled', false);
  await set('window.commandCenter', false);
  await set('window.title', 'Tarn Ovrel Field Station');
}
