import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostMessage } from '../protocol/messages';
import { escapeHtml } from '../core/markdown/untrustedText';
import type { Language } from './language';

export interface PanelAssets {
  readonly cspSource: string;
  readonly page: PageSource;
  /** The address of `dist/webview`, as `Uri.toString()` encodes it. */
  readonly assets: string;
  readonly language: Language;
  /** Where the run's folder is, for images that it made; absent where the page shows none. */
  readonly files?: string;
  /** What the page shows before it has asked for anything. */
  readonly first?: HostMessage;
}

/** A page's script and style: they are put into it, as two requests cost a tenth of a second in a remote window. */
export interface PageSource {
  readonly script: string;
  readonly style: string;
}

export async function readPageSource(extensionPath: string, name: 'main' | 'report'): Promise<PageSource> {
  const read = (file: string) => readFile(path.join(extensionPath, 'dist/webview', file), 'utf8');
  const [script, style] = await Promise.all([read(`${name}.js`), read(`${name}.css`)]);
  return { script, style };
}

/**
 * The page of a run: nothing but its own script, style, icon font and images of the run's folder is loaded, and nothing
 * is sent anywhere.
 */
export function panelHtml({ cspSource, page, assets, language, files, first }: PanelAssets): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    ...(files === undefined ? [] : [`img-src ${cspSource}`]),
    `script-src 'nonce-${nonce}'`,
    // Those that `default-src` does not stand for.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language.tag)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Memento</title>
  <style nonce="${nonce}">${page.style.replaceAll('url("./', () => `url("${assets}/`)}</style>
</head>
<body>
  <div id="root"${data('files', files)}${data('l10n', language.bundle)}${data('first', first && JSON.stringify(first))}></div>
  <script type="module" nonce="${nonce}">${page.script}</script>
</body>
</html>`;
}

const data = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` data-${name}="${escapeHtml(value)}"`;
