import * as z from 'zod';
import { failed, ok, type Result } from '../../common/result';
import type { ImageInput } from '../../ports';
import { defineTool, failure, type Tool, type ToolContext } from '../tool';
import type { WebReader } from '../web/webReader';
import { bytesOf, type MediaFiles } from './mediaFiles';
import type { ToolModels } from '../toolModels';
import { asImage, MOST_IMAGE_BYTES } from './imageInput';
import { look, visionModel } from './vision';

export interface ImageToolParts extends MediaFiles {
  readonly web: WebReader | undefined;
  readonly models: ToolModels;
}

/** `look_at_image{path|url,question}`: what a vision model says of an image, which is evidence of what it said. */
export function lookAtImageTool(parts: ImageToolParts): Tool {
  return defineTool({
    name: 'look_at_image',
    description:
      'Has a model look at a PNG, JPEG, GIF or WebP image, from a file or a web address, and answer a question about it.',
    parameters: z
      .object({
        path: z
          .string()
          .min(1)
          .optional()
          .describe('Relative to the workspace folder; run:… for a file of this run'),
        url: z.string().min(1).optional().describe('Instead of path: an http(s) address'),
        question: z.string().trim().min(1).max(4_000),
      })
      .refine(({ path, url }) => (path === undefined) !== (url === undefined), {
        message: 'give either path or url',
      }),
    readOnly: true,
    async run({ path, url, question }, context) {
      const { signal } = context;
      const model = await visionModel(parts.models, signal);
      if (!model.ok) return failure(model.fault.message);
      const image =
        path === undefined ? await fromWeb(parts, url ?? '', context) : await fromFile(parts, path, context);
      if (!image.ok) return failure(image.fault.message);
      const { source, input } = image.value;
      const seen = await look(model.value, question, [input], source, signal);
      if (!seen.ok) return failure(seen.fault.message);
      const { text, cut } = seen.value;
      const evidence = await context.cite({
        source,
        title: `What ${model.value.id} says of ${source}, asked “${question}”`,
        locator: { kind: 'whole' },
        text,
      });
      return {
        ok: true,
        content: `[${evidence.id}] ${evidence.title}\n${text}${cut}`,
        preview: text.split('\n', 1)[0]?.slice(0, 160) ?? '',
        evidence: [evidence],
      };
    },
  });
}

interface FoundImage {
  readonly source: string;
  readonly input: ImageInput;
}

async function fromFile(parts: MediaFiles, path: string, context: ToolContext): Promise<Result<FoundImage>> {
  const bytes = await bytesOf(parts, path, MOST_IMAGE_BYTES, context);
  if (bytes.ok) return imageOf(path, bytes.value);
  return bytes.fault.code === 'limit'
    ? failed('limit', `${bytes.fault.message} It cannot be made smaller here: run_code may do it.`)
    : bytes;
}

async function fromWeb(
  { web }: ImageToolParts,
  address: string,
  context: ToolContext,
): Promise<Result<FoundImage>> {
  if (!web) return failed('denied', 'Nothing is asked of the web here.');
  const found = await web.read(address, context);
  return found.ok ? imageOf(found.value.page.url.href, found.value.page.body) : found;
}

function imageOf(source: string, bytes: Uint8Array): Result<FoundImage> {
  const image = asImage(source, bytes);
  return image.ok ? ok({ source, input: image.value }) : image;
}
