/** A role while it is being edited, and what each part of its form is given. */
export interface Draft {
  label_zh: string;
  label_en: string;
  about_zh: string;
  about_en: string;
  permissions: string[];
  reach: string;
  reaches: Record<string, string>;
  fields: Record<string, string>;
}

export interface PartProps {
  draft: Draft;
  fixed: boolean;
  change: (part: Partial<Draft>) => void;
}

/** What was changed of a role: two people who change different parts of one do not overwrite each other. */
export function changedPart(draft: Draft, before: Draft): Partial<Draft> {
  const differs = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Draft]);
  return Object.fromEntries(Object.entries(draft).filter(differs));
}
