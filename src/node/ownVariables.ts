/** What the environment tells this program alone: its settings, and its keys and passwords. */
import { Secrets } from '../core/common/secrets';
import { parseUrl } from '../core/common/url';

type Environment = Readonly<Record<string, string | undefined>>;

const KEY = /^(?:(?:AZURE_)?OPENAI|TAVILY|BRAVE|SERPER|SEMANTIC_SCHOLAR)_API_KEY$/i;
const SETTING = /^MEMENTO_/i;
/** Variables that may hold an address with a user name and a password in it. */
const ADDRESS = /(?:_PROXY|_URL|_ENDPOINT)$/i;

/** No business of code that a model wrote, nor of what it prints. */
export const isOwnVariable = (name: string): boolean => KEY.test(name) || SETTING.test(name);

export function secretsOf(env: Environment): Secrets {
  const secrets = new Secrets();
  for (const [name, value = ''] of Object.entries(env)) {
    if (KEY.test(name)) secrets.add(value.trim());
    // curl's form of a proxy has no scheme.
    if (ADDRESS.test(name)) secrets.addLoginOf(parseUrl(value.includes('://') ? value : `http://${value}`));
  }
  return secrets;
}
