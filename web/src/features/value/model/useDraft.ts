import { useEffect, useMemo, useState } from "react";
import type { ModelDocument } from "../types";
import { sameDocument } from "./draft";

/** The draft of a version, kept through a reload of this tab until it is published or thrown away. */
export function useDraft(version: number, published: ModelDocument) {
  const key = `jinzita.draft.${version}`;
  const [draft, setDraft] = useState<ModelDocument>(() => {
    const kept = sessionStorage.getItem(key);
    return kept ? (JSON.parse(kept) as ModelDocument) : published;
  });
  const changed = useMemo(() => !sameDocument(draft, published), [draft, published]);
  useEffect(() => {
    if (changed) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  }, [key, draft, changed]);
  const forget = () => sessionStorage.removeItem(key);
  return { draft, setDraft, changed, forget };
}
