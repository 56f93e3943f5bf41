import { randomBytes } from 'node:crypto';

export interface PanelAssets {
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/** The page of a run: nothing but its own script, style and icon font is loaded, and nothing is sent anywhere. */
export function panelHtml({ cspSource, script, style }: PanelAssets): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Memento</title>
  <link rel="stylesheet" href="${style}" id="vscode-codicon-stylesheet">
</head>
<body>
  <div id="root"></div>
  <script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
