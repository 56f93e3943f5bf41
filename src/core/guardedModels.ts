/** Models that get none of the program's secrets to read, and repeat none where a server put one into its reply. */
import type { ModelPair } from './assistantPorts';
import type { Secrets } from './common/secrets';
import type { ChatModel, Transcriber } from './ports';

export function guardedModels(models: ModelPair, secrets: Secrets): ModelPair {
  const { planner, executor, vision, transcriber } = models;
  return {
    planner: planner && guarded(planner, secrets),
    executor: executor && guarded(executor, secrets),
    vision: vision && guarded(vision, secrets),
    transcriber: transcriber && guardedTranscriber(transcriber, secrets),
  };
}

function guarded(model: ChatModel, secrets: Secrets): ChatModel {
  return {
    ...model,
    async complete(request, options) {
      const text = secrets.stream((piece) => options.onText?.(piece));
      const reply = await model.complete(secrets.hideIn(request), {
        ...options,
        onText: (piece) => text.write(piece),
        onWaiting: (until, reason) => options.onWaiting?.(until, secrets.hide(reason)),
      });
      text.end();
      return secrets.hideIn(reply);
    },
  };
}

const guardedTranscriber = (transcriber: Transcriber, secrets: Secrets): Transcriber => ({
  id: transcriber.id,
  transcribe: async (audio, signal) => secrets.hideIn(await transcriber.transcribe(audio, signal)),
});
