/** User settings for a quiet window: no welcome page, no assistant, no updates, no questions. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // Nobody is there to be asked which model to use.
  'memento.askForModel': false,
  'git.openRepositoryInParentFolders': 'never',
  // File pickers in the DOM, where a test can answer them.
  'files.simpleDialog.enable': true,
  // Rows of text in the DOM, which a test can read; the GPU's renderer paints a canvas.
  'terminal.integrated.gpuAcceleration': 'off',
  // Shell integration is what command runs rely on, whatever $SHELL is on the machine of the tests.
  'terminal.integrated.defaultProfile.linux': 'bash',
};

/**
 * Writes `User/settings.json`; what a test has put there wins.
 * @param {string} userDataDir
 * @param {Record<string, unknown>} [more]
 */
export function writeSettings(userDataDir, more = {}) {
  const file = path.join(userDataDir, 'User/settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const own = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, JSON.stringify({ ...QUIET, ...more, ...own }, null, 2));
}

/**
 * Settings of scope `machine` are the server's, not the browser's.
 * @param {string} userDataDir
 * @param {Record<string, unknown>} settings
 */
export function writeMachineSettings(userDataDir, settings) {
  const file = path.join(userDataDir, 'Machine/settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}
