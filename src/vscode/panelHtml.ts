import { randomBytes } from 'node:crypto';
import { escapeHtml } from '../core/markdown/untrustedText';
import type { Language } from './language';

export interface PanelAssets {
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly language: Language;
  /** Where the run's folder is, for images that it made; absent where the page shows none. */
  readonly files?: string;
}

/**
 * The page of a run: nothing but its own script, style, icon font and images of the run's folder is loaded, and nothing
 * is sent anywhere.
 */
export function panelHtml({ cspSource, script, style, language, files }: PanelAssets): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    ...(files === undefined ? [] : [`img-src ${cspSource}`]),
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language.tag)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Memento</title>
  <link rel="stylesheet" href="${style}" id="vscode-codicon-stylesheet">
</head>
<body>
  <div id="root"${data('files', files)}${data('l10n', language.bundle)}></div>
  <script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

const data = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` data-${name}="${escapeHtml(value)}"`;
