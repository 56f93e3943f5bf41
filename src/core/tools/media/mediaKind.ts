/** What images and recordings are, by their first bytes: names and servers' words do not tell. */
import type { ImageInput } from '../../ports';

/** A kind that vision models take, or the name of one that they do not; undefined for what is no image. */
export type ImageKind =
  | { readonly taken: true; readonly mediaType: ImageInput['mediaType'] }
  | { readonly taken: false; readonly name: string }
  | undefined;

const OTHERS: readonly (readonly [name: string, ...beginnings: string[]])[] = [
  ['BMP', 'BM'],
  ['TIFF', 'II*\0', 'MM\0*'],
  ['PDF', '%PDF-'],
  ['JPEG XL', '\xff\x0a', '\0\0\0\x0cJXL '],
  ['Photoshop', '8BPS'],
  ['icon', '\0\0\x01\0'],
];

export function imageKind(bytes: Uint8Array): ImageKind {
  const start = latin1(bytes, 0, 16);
  const taken = (mediaType: ImageInput['mediaType']): ImageKind => ({ taken: true, mediaType });
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return taken('image/png');
  if (start.startsWith('\xff\xd8\xff')) return taken('image/jpeg');
  if (/^GIF8[79]a/.test(start)) return taken('image/gif');
  if (/^RIFF[^]{4}WEBP/.test(start)) return taken('image/webp');
  // ISO base media files of still images (ISO/IEC 23008-12): HEIC of telephones, AVIF.
  const brand = /^[^]{4}ftyp(heic|heix|hevc|mif1|msf1|avif|avis)/.exec(start)?.[1];
  if (brand !== undefined) return { taken: false, name: brand.startsWith('avi') ? 'AVIF' : 'HEIC' };
  const other = OTHERS.find(([, ...beginnings]) =>
    beginnings.some((beginning) => start.startsWith(beginning)),
  );
  if (other) return { taken: false, name: other[0] };
  return /<svg[\s>]/i.test(latin1(bytes, 0, 1_000)) ? { taken: false, name: 'SVG' } : undefined;
}

/** The extension of a kind of audio that `/audio/transcriptions` takes; undefined for any other. */
export function audioExtension(bytes: Uint8Array): string | undefined {
  const start = latin1(bytes, 0, 16);
  if (/^(?:ID3|\xff[\xfb\xf3\xf2\xfa])/.test(start)) return 'mp3';
  if (/^RIFF[^]{4}WAVE/.test(start)) return 'wav';
  if (start.startsWith('fLaC')) return 'flac';
  if (start.startsWith('OggS')) return 'ogg';
  if (start.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  const brand = /^[^]{4}ftyp([^]{4})/.exec(start)?.[1];
  if (brand === undefined || brand.startsWith('qt')) return undefined;
  return brand.startsWith('M4A') ? 'm4a' : 'mp4';
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
