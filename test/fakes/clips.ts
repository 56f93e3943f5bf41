/** Recordings for tests, made by ffmpeg itself. */
import { execFileSync } from 'node:child_process';

const hasFfmpeg = (): boolean => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    execFileSync('ffprobe', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** For `before`: where ffmpeg is missing the suite is skipped, and says so. */
export function skipWithoutFfmpeg(this: Mocha.Context): void {
  if (hasFfmpeg()) return;
  console.log('      skipped: ffmpeg is not installed');
  this.skip();
}

/** Six seconds of sound and of three scenes of two seconds each. Returns the file's path. */
export function makeClip(file: string): string {
  const source = (of: string) => ['-f', 'lavfi', '-i', of];
  execFileSync('ffmpeg', [
    ...['-y', '-v', 'error'],
    ...source('testsrc=d=2:s=320x240:r=10'),
    ...source('color=red:d=2:s=320x240:r=10'),
    ...source('smptebars=d=2:s=320x240:r=10'),
    ...source('sine=d=6'),
    ...['-filter_complex', '[0][1][2]concat=n=3:v=1[v]', '-map', '[v]', '-map', '3:a', '-shortest', file],
  ]);
  return file;
}
