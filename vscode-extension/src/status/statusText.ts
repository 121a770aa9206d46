import { progressText } from '../generation/progressText';
import type { Job } from '../generation/panelState';
import type { PromptStatus } from '../protocol';

export type ServerState = 'starting' | 'restarting' | 'ready' | 'degraded' | 'stopped';

export interface StatusFace { text: string; accessibilityLabel: string; level: 'normal' | 'warning' | 'error' }

/** The status bar item: `Delta · 61/75`, with an icon where something wants to be looked at; `12/28` while images are made. */
export function statusFace(state: ServerState, prompt: PromptStatus | null, job: Job | null = null): StatusFace {
  switch (state) {
    case 'starting':
    case 'restarting':
      return { text: '$(loading~spin) Kohaku', accessibilityLabel: `Kohaku: language server ${state}`, level: 'normal' };
    case 'stopped':
      return { text: '$(error) Kohaku', accessibilityLabel: 'Kohaku: language server stopped', level: 'error' };
    case 'ready':
    case 'degraded':
      if (job !== null) {
        return { text: `$(loading~spin) ${job.steps > 0 ? `${job.step}/${job.steps}` : 'Kohaku'}`, accessibilityLabel: `Kohaku generates: ${progressText(job)}`, level: 'normal' };
      }
      return runningFace(state === 'degraded', prompt);
  }
}

function runningFace(degraded: boolean, prompt: PromptStatus | null): StatusFace {
  const level = degraded ? 'warning' : 'normal';
  if (prompt === null) {
    return { text: degraded ? '$(warning) Kohaku' : 'Kohaku', accessibilityLabel: degraded ? 'Kohaku: limited' : 'Kohaku: ready', level };
  }
  const model = shortProfile(prompt.profile);
  const icon = degraded || isWarning(prompt) ? '$(warning) ' : '';
  return {
    text: `${icon}${model} · ${prompt.tokens}/${prompt.capacity}`,
    accessibilityLabel: `${model}: ${prompt.tokens} of ${prompt.capacity} tokens, ${countOf(prompt.findings, 'finding')}${degraded ? ', limited' : ''}`,
    level,
  };
}

/** Hints are offers; information and worse is what one looks for. */
function isWarning(prompt: PromptStatus): boolean {
  return prompt.findings > 0 && (prompt.severity ?? 4) <= 2;
}

/** `kohaku-xl-delta` and `Kohaku-XL Delta` are both `Delta`. */
export function shortProfile(profile: string): string {
  const short = profile.replace(/^kohaku[- ]xl[- ]/i, '');
  return short === '' ? profile : short.charAt(0).toUpperCase() + short.slice(1);
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
