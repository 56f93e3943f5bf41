/** What a person changes to mend a fault, in the words of where the configuration came from. */
export interface SettingNames {
  /** Completes "…: " — an instruction. */
  readonly setKey: string;
  /** Completes "check …". */
  readonly baseUrl: string;
  /** Completes "set …". */
  readonly model: string;
}

/** `vision` and `audio` are models of the executor's server. */
export type ModelRole = 'planner' | 'executor' | 'vision' | 'audio';

/** `environment`: the command line's variables; `settings`: the editor's. */
export type ConfigSource = 'environment' | 'settings';

export function settingNames(source: ConfigSource, role: ModelRole): SettingNames {
  if (source === 'settings') {
    return {
      setKey: 'run “Memento: Set API Key”',
      baseUrl: `the setting memento.${serverRole(role)}.baseUrl`,
      model: `the setting memento.${role}.model`,
    };
  }
  return {
    setKey: 'set OPENAI_API_KEY',
    baseUrl: 'OPENAI_BASE_URL',
    model: `MEMENTO_${role.toUpperCase()}_MODEL`,
  };
}

/** The same for Azure OpenAI, whose models are deployments. */
export function azureNames(source: ConfigSource, role: ModelRole): SettingNames {
  const isOwn = role === 'planner' || role === 'executor';
  const { setKey, baseUrl, model } = settingNames(source, role);
  if (source === 'settings') {
    return { setKey, baseUrl, model: isOwn ? `the setting memento.${role}.azure.deployment` : model };
  }
  return {
    setKey: 'set AZURE_OPENAI_API_KEY',
    baseUrl: 'AZURE_OPENAI_ENDPOINT',
    model: isOwn ? 'AZURE_OPENAI_DEPLOYMENT' : model,
  };
}

const serverRole = (role: ModelRole): 'planner' | 'executor' => (role === 'planner' ? role : 'executor');

/** Where it isn't known who configured the model: both ways are named. */
export const EITHER_NAMES: SettingNames = {
  setKey: 'check OPENAI_API_KEY, or run “Memento: Set API Key” in the editor',
  baseUrl: 'OPENAI_BASE_URL (setting memento.planner.baseUrl)',
  model: 'MEMENTO_PLANNER_MODEL (setting memento.planner.model)',
};
