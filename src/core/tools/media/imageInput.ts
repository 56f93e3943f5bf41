import { failed, ok, type Result } from '../../common/result';
import type { ImageInput } from '../../ports';
import { imageKind } from './mediaKind';

/** What servers take of one image, in bytes. Nothing here can make an image smaller. */
export const MOST_IMAGE_BYTES = 20_000_000;

/** An image as models take it; a fault says what to do with one that they do not. */
export function asImage(source: string, bytes: Uint8Array): Result<ImageInput> {
  if (bytes.length === 0) return failed('unsupported', `${source} is empty.`);
  if (bytes.length > MOST_IMAGE_BYTES) {
    return failed(
      'limit',
      `${source} is larger than ${MOST_IMAGE_BYTES / 1_000_000} MB, which is the limit for images. It cannot be made smaller here: run_code may do it.`,
    );
  }
  const kind = imageKind(bytes);
  if (kind?.taken) return ok({ mediaType: kind.mediaType, bytes });
  if (kind === undefined) return failed('unsupported', `${source} is no image that is known here.`);
  return failed(
    'unsupported',
    `${source} is in the format ${kind.name}, which models do not take: ${INSTEAD[kind.name] ?? 'run_code may turn it into a PNG'}.`,
  );
}

const INSTEAD: Readonly<Record<string, string>> = {
  SVG: 'it is text, which read_file reads',
  PDF: 'read_document reads it',
  BMP: 'read_document reads it, and run_code may turn it into a PNG',
};
