/** Images: a part with no text, which a vision model may read. */
import { failed, ok, type Result } from '../../core/common/result';
import type { DocumentContent, ImageInput } from '../../core/ports';
import { asImage } from '../../core/tools/media/imageInput';
import { baseName, type Source } from '../source';
import { decodeBmp, isBmp } from './bmp';
import { encodePng } from './pixels';

export const imageAsPart = (): Result<DocumentContent> =>
  ok({
    format: 'image',
    title: undefined,
    parts: [{ locator: { kind: 'whole' }, title: '', text: '', picture: 1 }],
    notes: [],
  });

/** As it stands where models take its kind; a bitmap of Windows as PNG. */
export function readImage({ name, bytes }: Source): Result<readonly ImageInput[]> {
  const bitmap = decodeBmp(bytes);
  if (bitmap) return ok([{ mediaType: 'image/png', bytes: encodePng(bitmap) }]);
  if (isBmp(bytes))
    return failed(
      'unsupported',
      `${baseName(name)} is a packed or broken BMP: run_code may turn it into a PNG.`,
    );
  const image = asImage(baseName(name), bytes);
  return image.ok ? ok([image.value]) : image;
}
