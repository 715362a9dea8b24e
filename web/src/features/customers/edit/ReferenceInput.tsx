import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { get } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import { useOwners } from "../api";

interface Props {
  field: Field;
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  opened?: boolean;
}

interface Named {
  id: number;
  name: string | null;
}

const namedOf = (value: unknown): Named | null => (typeof value === "object" && value !== null ? (value as Named) : typeof value === "number" ? { id: value, name: null } : null);

/** Names a colleague or another customer; the value is its number, or the number with its name. */
export function ReferenceInput({ field, value, onChange, id, opened }: Props) {
  const [q, setQ] = useState("");
  const words = useDeferredValue(q);
  const people = field.references === "users";
  const owners = useOwners();
  const found = useQuery({
    queryKey: ["customers", "search", "reference", words],
    queryFn: () => get<{ type: string; id: number; name: string }[]>("/search", { q: words }),
    enabled: !people && words.length > 0,
  });
  const chosen = namedOf(value);
  const known: Named[] = people
    ? (owners.data ?? []).map((one) => ({ id: one.id, name: one.name || one.username }))
    : (found.data ?? []).filter((one) => one.type === "customer").map(({ id, name }) => ({ id, name }));
  const options = chosen && !known.some((one) => one.id === chosen.id) ? [chosen, ...known] : known;
  return (
    <Select
      id={id}
      style={{ width: "100%" }}
      allowClear
      defaultOpen={opened}
      showSearch={people ? { optionFilterProp: "label" } : { filterOption: false, onSearch: setQ }}
      value={chosen?.id}
      onChange={(next: number | undefined) => onChange?.(next === undefined ? null : options.find((one) => one.id === next) ?? next)}
      options={options.map((one) => ({ value: one.id, label: one.name ?? String(one.id) }))}
    />
  );
}
