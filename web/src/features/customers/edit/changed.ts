/** What was changed in a form: the entries that differ from those it began with; attributes that hold none are left out. */
export function changed<T extends object>(given: T, before: Partial<Record<keyof T, unknown>>): Partial<T> {
  const differs = ([key, value]: [string, unknown]) => JSON.stringify(value ?? null) !== JSON.stringify(before[key as keyof T] ?? null);
  return Object.fromEntries(Object.entries(given).filter(differs)) as Partial<T>;
}
