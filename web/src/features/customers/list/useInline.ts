import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useRef, useState } from "react";
import { ApiError } from "@/shared/api/request";
import type { Field, Page } from "@/shared/api/types";
import type { Choices, Conflict } from "@/shared/conflict/conflicts";
import { useDetailText, useErrorText } from "@/shared/ui/states";
import { useRefreshCustomer, type Customer } from "../api";
import { changeOf, withValue } from "../edit/inline";
import { saveCustomer } from "../edit/useSaving";
import { useWarnings } from "../edit/useWarnings";

export interface Cell {
  id: number;
  code: string;
}

/** The cell being edited, and saving it: shown at once, put back when the server says no. */
export function useInline(ask: (conflicts: Conflict[]) => Promise<Choices | null>) {
  const client = useQueryClient();
  const refresh = useRefreshCustomer(null);
  const { message } = App.useApp();
  const errorText = useErrorText();
  const detailText = useDetailText();
  const throughWarnings = useWarnings();
  const [cell, setCell] = useState<Cell | null>(null);
  // The version somebody began to edit: news may renew the row in the list while the editor is open.
  const begun = useRef<number | null>(null);

  const open = ({ id, code }: Cell) => {
    const pages = client.getQueriesData<Page<Customer>>({ queryKey: ["customers", "list"] }).map(([, page]) => page);
    begun.current = pages.flatMap((page) => (page && "items" in page ? page.items : [])).find((row) => row.id === id)?.version ?? null;
    setCell({ id, code });
  };

  const show = (id: number, change: (row: Customer) => Customer) =>
    client.setQueriesData<Page<Customer>>({ queryKey: ["customers", "list"] }, (page) =>
      page && "items" in page ? { ...page, items: page.items.map((row) => (row.id === id ? change(row) : row)) } : page,
    );

  const save = async (row: Customer, field: Field, value: unknown) => {
    setCell(null);
    show(row.id, (now) => withValue(now, field, value));
    try {
      const saved = await throughWarnings((accepted) => saveCustomer(row.id, { ...changeOf(field, value), ...accepted, version: begun.current ?? row.version }, ask));
      show(row.id, (now) => ({ ...now, ...saved }));
      void client.invalidateQueries({ queryKey: ["customers", "detail", row.id] });
    } catch (error) {
      show(row.id, () => row);
      refresh();
      if (error instanceof ApiError && error.code === "changed_meanwhile") return;
      const detail = error instanceof ApiError ? error.details[0] : undefined;
      void message.error(detail ? `${errorText(error)} ${detailText(detail)}` : errorText(error));
    }
  };
  return { cell, open, close: () => setCell(null), save };
}
