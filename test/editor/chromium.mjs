/** Finds the browser that shows VS Code's workbench. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  ...(process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute),
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string} the executable; the environment's CHROMIUM goes first */
export function findChromium() {
  const candidates = [
    ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
    ...NAMES.flatMap((name) => PLACES.map((folder) => path.join(folder, name))),
    ...MAC,
  ];
  const found = candidates.find(isExecutable);
  if (found) return found;
  throw new Error(
    'Chromium is needed to show VS Code and was not found: install it with ' +
      '`sudo apt-get install chromium fonts-dejavu-core` (Debian, Ubuntu) or set CHROMIUM to its executable.',
  );
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
