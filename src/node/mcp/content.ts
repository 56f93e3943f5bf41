/** What an MCP server returned, in parts that can be cited. All of it is a stranger's: made plain. */
import { ContentBlockSchema, type ContentBlock } from '@modelcontextprotocol/sdk/types.js';
import { EscapeStripper } from '../../core/common/terminalText';
import type { ForeignContent, ForeignResult, ImageInput } from '../../core/ports';

const MAX_IMAGES = 8;

export interface RawResult {
  readonly content: readonly unknown[];
  readonly structured: Readonly<Record<string, unknown>> | undefined;
  readonly isError: boolean;
}

/** @param tool the name that it is offered under; @param title what it is called, for a person */
export function resultOf(raw: RawResult, tool: string, title: string): ForeignResult {
  const images: ImageInput[] = [];
  const parts = raw.content.flatMap((block) => partsOf(block, { tool, title, images }));
  const structured = structuredText(raw, parts);
  if (structured !== undefined) parts.push({ kind: 'text', source: tool, title, text: structured });
  return { ok: !raw.isError, content: parts.map(plainPart), images };
}

interface Origin {
  readonly tool: string;
  readonly title: string;
  /** Receives the images. */
  readonly images: ImageInput[];
}

function partsOf(value: unknown, origin: Origin): readonly ForeignContent[] {
  const said = (text: string): ForeignContent => ({
    kind: 'text',
    source: origin.tool,
    title: origin.title,
    text,
  });
  const block = ContentBlockSchema.safeParse(value);
  if (!block.success) return [said('(content of a kind that is not known here)')];
  const { data } = block;
  switch (data.type) {
    case 'text':
      return [said(data.text)];
    case 'image':
      return [said(imageWords(data.mimeType, data.data, origin.images))];
    case 'audio':
      return [said(`(audio, ${sizeWords(data.mimeType, data.data)}, which cannot be read here)`)];
    case 'resource_link':
      return [said(linkWords(data))];
    case 'resource':
      return [resourcePart(data.resource, origin.images)];
  }
}

type ResourceContents = Extract<ContentBlock, { type: 'resource' }>['resource'];

/** A resource's own text under its own address. */
export function resourcePart(resource: ResourceContents, images: ImageInput[]): ForeignContent {
  const { uri, mimeType = '' } = resource;
  const part = (text: string): ForeignContent => ({ kind: 'resource', source: uri, title: uri, text });
  if ('text' in resource) return part(resource.text);
  if (mimeType.startsWith('image/')) return part(imageWords(mimeType, resource.blob, images));
  if (isText(mimeType)) return part(Buffer.from(resource.blob, 'base64').toString('utf8'));
  return part(`(${sizeWords(mimeType, resource.blob)}, which is no text)`);
}

/** Without control sequences, which could steer a terminal. */
export const plainPart = (part: ForeignContent): ForeignContent => ({
  ...part,
  source: plain(part.source),
  title: plain(part.title),
  text: plain(part.text),
});

const plain = (text: string): string => new EscapeStripper().write(text);

/** Where it says more than the text beside it, which by the specification should be the same as JSON. */
function structuredText({ structured }: RawResult, parts: readonly ForeignContent[]): string | undefined {
  if (structured === undefined) return undefined;
  const texts = new Set(parts.map(({ text }) => text));
  // Many servers say `{"content": "<the text>"}`.
  const values: readonly unknown[] = Object.values(structured);
  if (values.length > 0 && values.every((value) => typeof value === 'string' && texts.has(value)))
    return undefined;
  const same = JSON.stringify(structured);
  return parts.some(({ text }) => canonical(text) === same) ? undefined : JSON.stringify(structured, null, 2);
}

function canonical(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The kinds that vision models take. */
const IMAGES = new Map<string, ImageInput['mediaType']>([
  ['image/png', 'image/png'],
  ['image/jpeg', 'image/jpeg'],
  ['image/jpg', 'image/jpeg'],
  ['image/gif', 'image/gif'],
  ['image/webp', 'image/webp'],
]);

function imageWords(mimeType: string, base64: string, images: ImageInput[]): string {
  const mediaType = IMAGES.get(mimeType.toLowerCase());
  const size = sizeWords(mimeType, base64);
  if (mediaType === undefined) return `(an image, ${size}, of a kind that is not read here)`;
  if (images.length >= MAX_IMAGES)
    return `(an image, ${size}, left out as there are more than ${MAX_IMAGES})`;
  images.push({ mediaType, bytes: Buffer.from(base64, 'base64') });
  return `(image ${images.length}, ${size})`;
}

const isText = (mimeType: string): boolean =>
  mimeType.startsWith('text/') || /^application\/(?:.+\+)?(?:json|xml|yaml|javascript)\b/.test(mimeType);

function sizeWords(mimeType: string, base64: string): string {
  const bytes = Buffer.byteLength(base64, 'base64').toLocaleString('en-US');
  return `${mimeType === '' ? 'of no stated type' : mimeType}, ${bytes} bytes`;
}

function linkWords(link: Extract<ContentBlock, { type: 'resource_link' }>): string {
  const about = [link.mimeType, link.description].filter((part) => part !== undefined && part !== '');
  return `A link to the resource ${link.uri} “${link.title ?? link.name}”${about.map((part) => `, ${part ?? ''}`).join('')}`;
}
