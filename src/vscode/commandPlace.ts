import path from 'node:path';
import type { CommandRule } from '../core/tools/shell/commandRules';
import type { CommandPlace } from '../core/tools/shell/commandPolicy';
import { createCommandPlace } from '../node/commandPlace';
import { readSettings } from './settings';

/** @param rules in place of those of the settings */
export const editorCommandPlace = (
  extensionPath: string,
  root: string,
  rules: () => readonly CommandRule[] = () => readSettings().commandRules,
): CommandPlace =>
  createCommandPlace({
    root,
    dist: path.join(extensionPath, 'dist'),
    rules,
    mayRead: () => readSettings().readingCommands,
  });
