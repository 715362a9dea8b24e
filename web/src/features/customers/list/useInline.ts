import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@/shared/api/types";
import type { Choices, Conflict } from "@/shared/conflict/conflicts";
import { useRefreshCustomer, type Customer } from "../api";
import { changeOf, withValue } from "../edit/inline";
import { saveCustomer } from "../edit/useSaving";
import { useQuestions } from "../edit/useQuestions";
import { useCell } from "./useCell";
import { useCellFailed } from "./useCellFailed";

/** The cell being edited, and saving it: shown at once, put back when the server says no. */
export function useInline(ask: (conflicts: Conflict[]) => Promise<Choices | null>) {
  const client = useQueryClient();
  const refresh = useRefreshCustomer(null);
  const failed = useCellFailed();
  const throughQuestions = useQuestions();
  const { cell, open, close, show, versionOf } = useCell<Customer>(["customers", "list"]);

  const save = async (row: Customer, field: Field, value: unknown) => {
    close({ id: row.id, code: field.code });
    show(row.id, (now) => withValue(now, field, value));
    try {
      const saved = await throughQuestions((accepted) => saveCustomer(row.id, { ...changeOf(field, value), ...accepted, version: versionOf(row) }, ask));
      show(row.id, (now) => ({ ...now, ...saved }));
      void client.invalidateQueries({ queryKey: ["customers", "detail", row.id] });
    } catch (error) {
      show(row.id, () => row);
      refresh();
      failed(error);
    }
  };
  return { cell, open, close, save };
}
