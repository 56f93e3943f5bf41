/**
 * The files of a bank's folder: `segment-<ulid>.log`, `image-<generation>.db`, `image-<generation>.<ulid>.tmp` while it
 * is written, `damaged/` for what could not be read, `backup/` for what an older version wrote.
 */
import path from 'node:path';

const SEGMENT = /^segment-[0-9A-HJKMNP-TV-Z]{26}\.log$/;
const IMAGE = /^image-(\d{8,15})\.db$/;
const UNFINISHED = /^image-(\d{8,15})\.\w+\.tmp$/;

export const segmentName = (ulid: string): string => `segment-${ulid}.log`;
export const imageName = (generation: number): string => `image-${`${generation}`.padStart(8, '0')}.db`;
export const unfinishedName = (generation: number, ulid: string): string =>
  imageName(generation).replace('.db', `.${ulid}.tmp`);

export const damagedFolder = (folder: string): string => path.join(folder, 'damaged');
export const backupFolder = (folder: string): string => path.join(folder, 'backup');

export const isSegment = (name: string): boolean => SEGMENT.test(name);

/** Newest first. */
export const generationsOf = (names: readonly string[]): number[] =>
  names.flatMap((name) => numberIn(IMAGE, name)).sort((a, b) => b - a);

/** The generation of an image that is being written, or never was finished. */
export const unfinishedGeneration = (name: string): number | undefined => numberIn(UNFINISHED, name)[0];

/** Whether a change of the file can be one of the memory. */
export const isOfJournal = (name: string): boolean => isSegment(name) || IMAGE.test(name);

function numberIn(pattern: RegExp, name: string): number[] {
  const digits = pattern.exec(name)?.[1];
  return digits === undefined ? [] : [Number(digits)];
}
