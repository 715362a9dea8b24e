import type { Draft, Known } from "./draft";

/** What every step of the wizard is given. */
export interface StepProps<Of extends Draft = Known> {
  draft: Of;
  change: (changed: Partial<Draft>) => void;
  back: () => void;
  next: () => void;
}
