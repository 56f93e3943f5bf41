import path from 'node:path';
import type { DiskCache } from '../core/ports';
import { createDiskCache } from './diskCache';

const MOST_BYTES = 200_000_000;

/** What was read of the web, in a project's data folder. */
export const createWebCache = (projectFolder: string): DiskCache =>
  createDiskCache({ folder: path.join(projectFolder, 'web'), maxBytes: MOST_BYTES, now: () => Date.now() });
