import type { Draft } from "./draft";

/** What every step of the wizard is given. */
export interface StepProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  back: () => void;
  next: () => void;
}
