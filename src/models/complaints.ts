/**
 * What a server complains of. The API has codes for some of it; for the rest there is only the servers' own wording,
 * so this one file reads it, and everyone else decides by what it returns.
 */
import { serverMessage } from './serverMessage';
import type { Trouble } from './trouble';

export interface Complaint {
  /** 200 for an error in place of a reply's first text. */
  readonly status: number;
  /** The server's message, codes and parameter names. */
  readonly text: string;
}

/** Characters; what is said after so many is no sentence, and the patterns below take long for it. */
const LONGEST = 4_000;

export function complaintOf(trouble: Trouble): Complaint | undefined {
  if (trouble.kind !== 'refused' && trouble.kind !== 'error-event') return undefined;
  const [status, body] =
    trouble.kind === 'refused' ? [trouble.refusal.status, trouble.refusal.body] : [200, trouble.body];
  const { text, codes } = serverMessage(body);
  return { status, text: `${text.slice(0, LONGEST)} ${codes.slice(0, LONGEST)}` };
}

const FORMAT =
  /response[_ ]?format|response mime type|json[_ ]schema|json[_ ]object|json mode|structured output|guided_json/i;
const STREAM_OPTIONS = /stream_options|include_usage/i;
const MAY_NAME_A_FIELD = new Set([200, 400, 404, 415, 422, 500, 501]);

export const refusesFormat = ({ status, text }: Complaint): boolean =>
  MAY_NAME_A_FIELD.has(status) && FORMAT.test(text);
export const refusesStreamOptions = ({ status, text }: Complaint): boolean =>
  MAY_NAME_A_FIELD.has(status) && STREAM_OPTIONS.test(text);

/** Ollama: "does not support tools"; vLLM: "--enable-auto-tool-choice"; llama.cpp: "requires --jinja flag"; OpenRouter. */
const NO_TOOLS =
  /support(?:s|ed)? (?:for )?(?:tools?|functions?|tool[ _](?:use|calls?|calling|choice)|function[ _]call(?:s|ing)?)\b|--jinja|tool[- ]call-parser|enable-auto-tool-choice/i;
const NAMES_TOOLS =
  /\b(?:tools|tool_choice|functions?|function[ _]call(?:s|ing)?|tool[ _](?:use|call|calling))\b/i;
/** A history that the server finds inconsistent is our mistake, not a missing feature. */
const ABOUT_HISTORY = /tool_call_id|must be followed by|must be a response|preceding message/i;

/** Only asked where tools were sent. */
export function refusesTools({ status, text }: Complaint): boolean {
  if (!MAY_NAME_A_FIELD.has(status) || ABOUT_HISTORY.test(text)) return false;
  return NO_TOOLS.test(text) || ([400, 404, 422, 501].includes(status) && NAMES_TOOLS.test(text));
}

const TOO_LONG =
  /context[_ ](?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens|exceeds? (?:the )?(?:available |model'?s )?context|input is too long|n_ctx|reduce the length/i;

export const saysTooLong = ({ status, text }: Complaint): boolean =>
  status === 413 || (status !== 429 && TOO_LONG.test(text));

const FILTERED = /\bcontent_filter\b|ResponsibleAIPolicyViolation/;

/** The question itself did not pass the provider's content filter (Azure: 400 with `code: content_filter`). */
export const saysFiltered = ({ status, text }: Complaint): boolean => status === 400 && FILTERED.test(text);

const NO_MODEL =
  /model_not_found|DeploymentNotFound|\bmodel\b.{0,200}(?:not found|not exist|is not available|not a valid|unknown|not loaded|decommissioned|deprecated)|(?:unknown|invalid|no such|not a valid|no) model\b/i;

export const saysNoModel = ({ status, text }: Complaint): boolean =>
  [400, 404, 422].includes(status) && NO_MODEL.test(text);

/**
 * OpenAI: "image_url is only supported by certain models"; vLLM: "not a multimodal model", "At most 0 image(s)"; llama.cpp:
 * "image input is not supported … mmproj"; DeepSeek: "unknown variant `image_url`"; Groq: "content must be a string";
 * OpenRouter: "No endpoints found that support image input"; servers on Pydantic: "content: Input should be a valid string".
 */
const NO_IMAGES =
  /image[_ ]url|image(?:s|\(s\))? (?:input|content|may be provided)|(?:support|accept|allow|process|handle)\w* (?:\w+ ){0,3}images?\b|images? (?:are|is) not|multi-?modal|mmproj|vision|content(?:\W.{0,20})? (?:must|should) be a (?:valid )?string/i;
/** A model that takes images, but not this one. */
const ABOUT_THIS_IMAGE =
  /image.{0,40}(?:too (?:large|big|many)|exceed|corrupt|invalid|could not be|unable to|failed to|download|decode|dimension)|(?:invalid|corrupt|unsupported|decode|process|read)\w* (?:\w+ ){0,2}image/i;

/** Only asked where images were sent. */
export function refusesImages({ status, text }: Complaint): boolean {
  if (!MAY_NAME_A_FIELD.has(status) || !NO_IMAGES.test(text)) return false;
  return !ABOUT_THIS_IMAGE.test(text) || /not support|multi-?modal|mmproj|vision|unknown variant/i.test(text);
}

const NO_IMAGE_INPUT =
  /image input is not supported|not a multimodal model|mmproj|data required for image input/i;

/** A 500 that no waiting mends. */
export const isDefinite = (complaint: Complaint): boolean =>
  complaint.status === 500 &&
  (refusesTools(complaint) ||
    saysTooLong(complaint) ||
    refusesFormat(complaint) ||
    NO_IMAGE_INPUT.test(complaint.text));
