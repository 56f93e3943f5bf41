/** The requests for transcriptions that the model server for tests receives: multipart forms, parsed. */
import type { IncomingHttpHeaders } from 'node:http';

export interface SpeechRequest {
  readonly headers: IncomingHttpHeaders;
  readonly model: string;
  readonly format: string;
  readonly fileName: string;
  readonly audio: Buffer;
}

/** Throws for what is no form with a file (RFC 7578). */
export function parseSpeech(body: Buffer, headers: IncomingHttpHeaders): SpeechRequest {
  const fields = new Map(partsOf(body, headers['content-type'] ?? '').map((part) => [part.name, part]));
  const file = fields.get('file');
  if (file?.fileName === undefined) throw new Error('There is no file in the form.');
  const field = (name: string) => fields.get(name)?.content.toString('utf8') ?? '';
  return {
    headers,
    model: field('model'),
    format: field('response_format'),
    fileName: file.fileName,
    audio: file.content,
  };
}

interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly content: Buffer;
}

function partsOf(body: Buffer, type: string): FormPart[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined) throw new Error(`${type} is no form.`);
  const parts: FormPart[] = [];
  const delimiter = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(delimiter); at >= 0;) {
    const next = body.indexOf(`\r\n--${boundary}`, at + delimiter.length);
    if (next < 0) break;
    const part = body.subarray(at + delimiter.length + 2, next);
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString('utf8');
    parts.push({
      name: /\bname="([^"]*)"/.exec(head)?.[1] ?? '',
      fileName: /\bfilename="([^"]*)"/.exec(head)?.[1],
      content: part.subarray(end + 4),
    });
    at = next + 2;
  }
  return parts;
}
