/** The requests for transcriptions that the model server for tests receives: multipart forms, parsed. */
import type { IncomingHttpHeaders } from 'node:http';

export interface SpeechRequest {
  readonly headers: IncomingHttpHeaders;
  readonly model: string;
  readonly format: string;
  readonly fileName: string;
  readonly audio: Buffer;
}

/** Rejects for what is no form with a file (RFC 7578). */
export async function parseSpeech(body: Buffer, headers: IncomingHttpHeaders): Promise<SpeechRequest> {
  const type = headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) throw new Error('There is no file in the form.');
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    headers,
    model: field('model'),
    format: field('response_format'),
    fileName: file.name,
    audio: Buffer.from(await file.arrayBuffer()),
  };
}
