/** What the log is searched for, kept in the address. */

const NAMES = ["q", "actor", "action", "subject_type", "subject_id", "from", "to"] as const;

export type AuditSearch = Record<(typeof NAMES)[number], string | null>;

export function readSearch(params: URLSearchParams): AuditSearch {
  return Object.fromEntries(NAMES.map((name) => [name, params.get(name)])) as AuditSearch;
}

export function writeSearch(search: AuditSearch): URLSearchParams {
  const given = NAMES.flatMap((name) => (search[name] ? [[name, search[name]]] : []));
  return new URLSearchParams(given as [string, string][]);
}

export const isSearched = (search: AuditSearch): boolean => NAMES.some((name) => search[name]);
