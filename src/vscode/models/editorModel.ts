/**
 * The language models of VS Code (`vscode.lm`, https://code.visualstudio.com/api/extension-guides/ai/language-model) as
 * a ChatModel. VS Code itself asks the user whether Memento may use one, at the first request; it has no system
 * messages, no schemas and no report of usage.
 */
import * as vscode from 'vscode';
import { failed, messageOf, ok, type Failed, type Result } from '../../core/common/result';
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, ToolCall } from '../../core/ports';
import { abortError } from '../../core/common/abort';
import { saysTooLong } from '../../models/complaints';
import { safeText } from '../../models/endpoint';
import { hasImages } from '../../models/request';
import { canPassImages, messagesOf } from './editorMessages';

export interface EditorModelOptions {
  /** Milliseconds of silence after which a request is given up. Default 90 s, three times that for the first word. */
  readonly idleMs?: number;
}

const IDLE_MS = 90_000;

/** e.g. `copilot/gpt-4o`: how a setting names a model, and a person is shown it. */
export const editorModelId = ({ vendor, id }: vscode.LanguageModelChat): string => `${vendor}/${id}`;

/**
 * One of the models that VS Code has at present. Only to be called for what a person asked for: providers may ask to
 * sign in.
 * @param name vendor and id; the first model with none
 */
export async function selectEditorModel(name: string | undefined): Promise<Result<ChatModel>> {
  const models = await vscode.lm.selectChatModels(name === undefined ? {} : selectorOf(name));
  const [first] = models;
  if (first) return ok(createEditorModel(first));
  return name === undefined
    ? failed(
        'no-model',
        vscode.l10n.t(
          'VS Code offers no language model: sign in to GitHub Copilot, install an extension that provides models, or choose another with “Memento: Choose Model…”.',
        ),
      )
    : failed(
        'model-not-found',
        vscode.l10n.t(
          'VS Code does not offer the model {0} at present: choose another with “Memento: Choose Model…”.',
          name,
        ),
      );
}

function selectorOf(name: string): vscode.LanguageModelChatSelector {
  const slash = name.indexOf('/');
  return slash < 0 ? { id: name } : { vendor: name.slice(0, slash), id: name.slice(slash + 1) };
}

export function createEditorModel(
  chat: vscode.LanguageModelChat,
  { idleMs = IDLE_MS }: EditorModelOptions = {},
): ChatModel {
  const id = editorModelId(chat);
  return {
    id,
    contextTokens: chat.maxInputTokens,
    tokens: {
      exact: true,
      // Where the provider cannot count, a run goes on with an estimate.
      count: async (text) => {
        try {
          return await chat.countTokens(text);
        } catch {
          return Math.ceil(text.length / 4);
        }
      },
    },
    complete: async (request, options) => {
      if (options.signal.aborted) throw abortError(options.signal);
      if (lacksTools(chat) && request.tools?.length) {
        return failed('unsupported', vscode.l10n.t('{0} offers no function calling.', id));
      }
      if (hasImages(request) && !canPassImages()) {
        return failed(
          'unsupported',
          vscode.l10n.t('This version of VS Code passes no images to its models: update it.'),
        );
      }
      return send(chat, request, options, idleMs);
    },
  };
}

/** One request, given up after a long silence: a provider may never answer, and need not heed a cancellation. */
async function send(
  chat: vscode.LanguageModelChat,
  request: ChatRequest,
  options: ChatOptions,
  idleMs: number,
): Promise<Result<ChatReply>> {
  const { signal } = options;
  const cancellation = new vscode.CancellationTokenSource();
  const { token } = cancellation;
  const cancel = () => cancellation.cancel();
  const cancelled = new Promise<undefined>((resolve) => {
    token.onCancellationRequested(() => resolve(undefined));
  });
  signal.addEventListener('abort', cancel, { once: true });
  let timer = setTimeout(cancel, 3 * idleMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(cancel, idleMs);
  };
  try {
    const onText = (delta: string) => options.onText?.(delta);
    const reply = await Promise.race([receive(chat, request, { token, alive, onText }), cancelled]);
    if (signal.aborted) throw abortError(signal);
    return (
      reply ??
      failed(
        'stalled',
        vscode.l10n.t(
          '{0} has long sent nothing: try again, or choose another with “Memento: Choose Model…”.',
          editorModelId(chat),
        ),
      )
    );
  } catch (error) {
    if (signal.aborted) throw abortError(signal);
    return faultOf(error, chat);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

interface Receiving {
  readonly token: vscode.CancellationToken;
  /** Called with each part. */
  readonly alive: () => void;
  readonly onText: (delta: string) => void;
}

async function receive(
  chat: vscode.LanguageModelChat,
  request: ChatRequest,
  { token, alive, onText }: Receiving,
): Promise<Result<ChatReply>> {
  const { tools = [] } = request;
  const response = await chat.sendRequest(
    messagesOf(request.messages),
    {
      justification: vscode.l10n.t('Memento plans, and answers your questions, with this model.'),
      ...(tools.length > 0
        ? {
            tools: tools.map(({ name, description, parameters }) => ({
              name,
              description,
              inputSchema: parameters,
            })),
          }
        : {}),
    },
    token,
  );
  let text = '';
  const toolCalls: ToolCall[] = [];
  for await (const part of response.stream) {
    if (token.isCancellationRequested) break;
    alive();
    if (part instanceof vscode.LanguageModelTextPart) {
      text += part.value;
      onText(part.value);
    } else if (part instanceof vscode.LanguageModelToolCallPart) {
      toolCalls.push({ id: part.callId, name: part.name, arguments: JSON.stringify(part.input) });
    }
  }
  if (text === '' && toolCalls.length === 0) {
    return failed(
      'bad-reply',
      vscode.l10n.t(
        '{0} sent an empty reply: try again, or choose another with “Memento: Choose Model…”.',
        editorModelId(chat),
      ),
    );
  }
  return ok({ text, toolCalls, finish: toolCalls.length > 0 ? 'tool_calls' : 'stop', usage: undefined });
}

/** What went wrong, by VS Code's codes; for the rest there are only the provider's own words. */
function faultOf(error: unknown, chat: vscode.LanguageModelChat): Failed {
  const id = editorModelId(chat);
  const said = safeText(messageOf(error), undefined).replace(/[.\s]+$/, '');
  switch (error instanceof vscode.LanguageModelError ? error.code : undefined) {
    case 'NoPermissions':
      return failed(
        'forbidden',
        vscode.l10n.t(
          'Memento was not allowed to use {0}: allow it when VS Code asks (it asks again with the next question), or choose another with “Memento: Choose Model…”.',
          id,
        ),
      );
    case 'Blocked':
      return failed(
        'rate-limited',
        vscode.l10n.t(
          'VS Code lets {0} answer no more for now: “{1}”; wait, or choose another with “Memento: Choose Model…”.',
          id,
          said,
        ),
      );
    case 'NotFound':
      return failed(
        'model-not-found',
        vscode.l10n.t(
          'VS Code does not offer the model {0} any more: choose another with “Memento: Choose Model…”.',
          id,
        ),
      );
    default: {
      const complaint = { status: 200, text: said };
      return saysTooLong(complaint)
        ? failed(
            'context-too-long',
            vscode.l10n.t(
              'The request is longer than {0} can read: choose another with “Memento: Choose Model…”, or ask about less at once.',
              id,
            ),
          )
        : failed(
            'server-error',
            vscode.l10n.t(
              '{0} failed: “{1}”; try again, or choose another with “Memento: Choose Model…”.',
              id,
              said,
            ),
          );
    }
  }
}

/** `capabilities` is there from VS Code 1.105 on, and is not in its types yet: false only where it says so. */
function lacksTools(chat: vscode.LanguageModelChat): boolean {
  const capabilities: unknown = 'capabilities' in chat ? chat.capabilities : undefined;
  return (
    typeof capabilities === 'object' &&
    capabilities !== null &&
    'supportsToolCalling' in capabilities &&
    capabilities.supportsToolCalling === false
  );
}
