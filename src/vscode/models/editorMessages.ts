/** Our messages in the terms of `vscode.lm`. */
import * as vscode from 'vscode';
import type { ChatMessage, ToolCall } from '../../core/ports';

/** There is no system role; results of the calls of one turn are one message. */
export function messagesOf(messages: readonly ChatMessage[]): vscode.LanguageModelChatMessage[] {
  const { User, Assistant } = vscode.LanguageModelChatMessageRole;
  const made: vscode.LanguageModelChatMessage[] = [];
  let results: vscode.LanguageModelInputPart[] | undefined;
  for (const message of messages) {
    if (message.role === 'tool') {
      const content = [new vscode.LanguageModelTextPart(message.content)];
      const part = new vscode.LanguageModelToolResultPart(message.callId, content);
      if (results) results.push(part);
      else made.push(new vscode.LanguageModelChatMessage(User, (results = [part])));
      continue;
    }
    results = undefined;
    made.push(
      new vscode.LanguageModelChatMessage(message.role === 'assistant' ? Assistant : User, partsOf(message)),
    );
  }
  return made;
}

function partsOf(message: Exclude<ChatMessage, { role: 'tool' }>): vscode.LanguageModelInputPart[] {
  const text = new vscode.LanguageModelTextPart(message.content);
  if (message.role === 'assistant' && message.toolCalls?.length) {
    const calls = message.toolCalls.map(
      (call) => new vscode.LanguageModelToolCallPart(call.id, call.name, inputOf(call)),
    );
    return message.content === '' ? calls : [text, ...calls];
  }
  const images = message.role === 'user' ? (message.images ?? []) : [];
  return [text, ...images.flatMap(({ bytes, mediaType }) => dataParts()?.image(bytes, mediaType) ?? [])];
}

/** The model should still see what it wrote where that is no object. */
function inputOf(call: ToolCall): object {
  try {
    const value: unknown = JSON.parse(call.arguments);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same form as arguments that are no object.
  }
  return { malformed: call.arguments };
}

/** False in a VS Code that is too old for it. */
export const canPassImages = (): boolean => dataParts() !== undefined;

/** `LanguageModelDataPart`, which is there from VS Code 1.105 on as well, and in the types of later versions. */
interface DataParts {
  image(data: Uint8Array, mimeType: string): vscode.LanguageModelTextPart;
}

const isDataParts = (value: unknown): value is DataParts => typeof value === 'function' && 'image' in value;

const dataParts = (): DataParts | undefined => {
  const parts: unknown = 'LanguageModelDataPart' in vscode ? vscode.LanguageModelDataPart : undefined;
  return isDataParts(parts) ? parts : undefined;
};
