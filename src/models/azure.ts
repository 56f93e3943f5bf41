/**
 * Azure OpenAI (Microsoft's “Azure OpenAI in Azure AI Foundry Models REST API reference”). It has two forms: a dated one,
 * `<endpoint>/openai/deployments/<deployment>/chat/completions?api-version=2024-10-21`, and `<endpoint>/openai/v1`, which
 * is OpenAI's own with the deployment as the model. Both take the key in the header `api-key`.
 */
import { parseUrl } from '../core/common/url';

export interface AzureSettings {
  readonly deployment?: string | undefined;
  /** A date, e.g. `2024-10-21`; with none the undated form is spoken. */
  readonly apiVersion?: string | undefined;
}

export interface AzureTarget extends AzureSettings {
  /** Ends in `/openai` or `/openai/v1`. */
  readonly baseUrl: string;
}

const HOST = /\.(?:openai\.azure\.(?:com|us|cn)|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/;
/** Names of the undated form, where a dated version could stand. */
const UNDATED = /^(?:v1|preview|latest)$/;

export const isAzureHost = (baseUrl: string | undefined): boolean =>
  HOST.test(parseUrl(baseUrl ?? '')?.hostname ?? '');

/**
 * What is to be called. People copy the resource's endpoint (`https://name.openai.azure.com`) or a deployment's whole
 * target URI from the portal: the latter names deployment and version too. Undefined where it is no URL.
 */
export function azureTarget(given: string, settings: AzureSettings): AzureTarget | undefined {
  const url = parseUrl(given.trim());
  if (!url) return undefined;
  const [, before, rest = ''] = /^(.*?)\/openai(?:\/(.*))?$/.exec(url.pathname) ?? [undefined, url.pathname];
  const named = /^deployments\/([^/]+)/.exec(rest)?.[1];
  const asked = settings.apiVersion || (url.searchParams.get('api-version') ?? '');
  const isUndated = asked === '' || UNDATED.test(asked) || (!settings.apiVersion && /^v1(?:\/|$)/.test(rest));
  const root = `${url.origin}${(before ?? '').replace(/\/+$/, '')}/openai`;
  return {
    baseUrl: isUndated ? `${root}/v1` : root,
    apiVersion: isUndated ? undefined : asked,
    deployment: settings.deployment || (named === undefined ? undefined : decoded(named)),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
