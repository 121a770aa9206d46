// Progress in words, for the panel, its screen reader line and the status bar.
import { titleOf } from './failure';
import type { Job, PanelState } from './panelState';

const phases: Record<Job['phase'], string> = {
  queued: 'Waiting', load: 'Loading the model', encode: 'Reading the prompt', sample: 'Sampling', upscale: 'Enlarging', sampleHires: 'Refining', decode: 'Decoding',
};

/** `Sampling · step 12 of 28 · 7.4 it/s · 2 s left` */
export function progressText(job: Job): string {
  return [
    job.count > 1 ? `Image ${job.image + 1} of ${job.count}` : '',
    phases[job.phase],
    job.detail ?? '',
    job.steps > 0 ? `step ${job.step} of ${job.steps}` : '',
    job.rate === null || job.rate <= 0 ? '' : job.rate >= 1 ? `${job.rate.toFixed(1)} it/s` : `${(1 / job.rate).toFixed(1)} s/it`,
    job.secondsLeft === null ? '' : `${timeText(job.secondsLeft)} left`,
  ].filter(text => text !== '').join(' · ');
}

export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) { return `${whole} s`; }
  return whole < 3_600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3_600)} h ${Math.floor(whole % 3_600 / 60)} min`;
}

/** How far the image is, 0 to 1; null while nobody can say. */
export function fraction(job: Job): number | null {
  return job.steps > 0 ? Math.min(1, job.step / job.steps) : job.phase === 'decode' ? 1 : null;
}

/** What is read out, politely: phases and quarters, not each step. */
export function announcement(before: PanelState, now: PanelState): string | null {
  if (now.failure !== null && now.failure !== before.failure) { return [titleOf(now.failure.message).title, now.failure.help].filter(Boolean).join(' '); }
  const newest = now.history[0];
  if (newest !== undefined && newest.path !== before.history[0]?.path && now.history.length >= before.history.length) { return `Image ready: ${newest.width} by ${newest.height}, seed ${newest.seed}.`; }
  const { job } = now;
  if (job === null) { return before.job !== null && now.failure === null && newest?.path === before.history[0]?.path ? 'Generation ended.' : null; }
  if (before.job?.id !== job.id || before.job.phase !== job.phase || before.job.image !== job.image) { return progressText(job); }
  return quarter(job) > quarter(before.job) ? progressText(job) : null;
}

function quarter(job: Job): number {
  return Math.floor((fraction(job) ?? 0) * 4);
}
