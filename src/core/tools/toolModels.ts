import type { Result } from '../common/result';
import type { ChatModel, Transcriber } from '../ports';

/** The models that tools ask; each call of them is booked by the run. */
export interface ToolModels {
  /** The executor's, undefined where none is set up. */
  text(signal: AbortSignal): Promise<Result<ChatModel | undefined>>;
  /** The model for images, the executor's where the user named none; undefined where no model is set up. */
  vision(signal: AbortSignal): Promise<Result<ChatModel | undefined>>;
  transcriber(signal: AbortSignal): Promise<Result<Transcriber | undefined>>;
}

const VISION_SETTING = 'memento.vision.model (MEMENTO_VISION_MODEL for the command line)';

export const NO_VISION = `No model that looks at images is set up: the user can name one in the setting ${VISION_SETTING}.`;

export const NO_TRANSCRIBER =
  'No model that transcribes speech is set up: the user can name one in the setting memento.audio.model (MEMENTO_AUDIO_MODEL for the command line).';

export const NO_FFMPEG =
  'ffmpeg cannot be run here, and without it videos and long recordings cannot be taken apart.';

/** What to do where the model turns out to take no images. */
export const OTHER_VISION = `The user can name a model that does in the setting ${VISION_SETTING}.`;
