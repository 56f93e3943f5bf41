/** Skips, and says why, where there is no browser to test in. */
import type { Context } from 'mocha';
import { findBrowser } from './browser';

export function requireBrowser(context: Context): void {
  if (findBrowser()) return;
  process.stdout.write('Skipped: no Chromium was found. Install it, or set CHROMIUM to its executable.\n');
  context.skip();
}
