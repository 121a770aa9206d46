// What `kohaku lsp` answers and tells about making images. Fields that the server leaves open are absent or null.
import type { Position } from 'vscode-languageclient/node';

/** What is asked for beyond the prompt; what is absent is left to its parameter line, and then to the profile. */
export interface GenerationOptions {
  model?: string;
  steps?: number;
  sampler?: string;
  schedule?: string;
  guidanceScale?: number;
  /** A whole number, or -1 for a random one. Text, since seeds go beyond what a number holds. */
  seed?: string;
  /** `832x1216` */
  size?: string;
  count?: number;
  seedDialect?: string;
  emphasis?: string;
}

export interface GenerateParams {
  /** The file that holds the prompt, also where it is not saved. */
  uri?: string;
  /** Which prompt of a library; without it all of them, as a queue. */
  position?: Position;
  /** In place of the file's prompt. */
  prompt?: string;
  negative?: string;
  options?: GenerationOptions;
  /** Our own id, by which notifications say what they are about. */
  job: string;
}

/** An image that was made. */
export interface GeneratedFile {
  path: string;
  uri: string;
  seed: string;
  width: number;
  height: number;
  /** As AUTOMATIC1111 writes them. */
  parameters: string;
  seconds: number;
  prompt: string;
}

export type GenerationState = 'queued' | 'load' | 'encode' | 'sample' | 'upscale' | 'sampleHires' | 'decode' | 'image' | 'warning';

/** `kohaku/generation`, sent while a request runs. */
export interface GenerationProgress {
  job: string;
  state: GenerationState;
  /** Which image of the job, from 0. */
  image?: number | null;
  count?: number | null;
  step?: number | null;
  steps?: number | null;
  /** Steps a second. */
  rate?: number | null;
  secondsLeft?: number | null;
  detail?: string | null;
  message?: string | null;
  help?: string | null;
  /** `data:image/png;base64,…` */
  preview?: string | null;
  file?: GeneratedFile | null;
}

/** What can be chosen from, and what holds where nothing is chosen. */
export interface GenerationOffer {
  models: { path: string; name: string }[];
  /** The configured one. */
  model?: string | null;
  samplers: string[];
  schedules: string[];
  sizes: { width: number; height: number; label: string }[];
  defaults: { steps: number; sampler: string; schedule: string; guidanceScale: number; size: string; seedDialect: string; emphasis: string };
  outputFolder: string;
  device?: string | null;
}

/** Parameters and result of each request, by method. */
export interface GenerationRequests {
  'kohaku/generate': [GenerateParams, { images: GeneratedFile[] }];
  'kohaku/generationOptions': [{ uri?: string }, GenerationOffer];
  /** The prompt that a PNG keeps, as `.prompt` text. */
  'kohaku/imagePrompt': [{ uri: string }, { text: string }];
}
