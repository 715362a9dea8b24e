import { FilterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { FilterBuilder } from "./FilterBuilder";
import { NO_FILTER, asGroup, countConditions, partOf, treeOf, type Group } from "./filter";
import { useRelatedKinds } from "./related";

type Tree = Record<string, unknown>;

interface Props {
  /** The kind of record the filter is of, and its fields once they are known. */
  kind: string;
  fields: Field[] | undefined;
  /** What the button says while there is no filter. */
  empty: string;
  id?: string;
  value?: Tree | null;
  onChange?: (filter: Tree | null) => void;
}

/** A filter as a value of a form, made with the builder of the lists. */
export function FilterInput({ kind, fields, empty, value, onChange, id }: Props) {
  const { t } = useTranslation("shared");
  const [open, setOpen] = useState(false);
  const related = useRelatedKinds(kind);
  const part = value ? partOf(value) : null;
  const filter: Group = part ? asGroup(part) : NO_FILTER;
  const apply = (group: Group) => {
    onChange?.(countConditions(group) > 0 ? (treeOf(group) as Tree) : null);
    setOpen(false);
  };
  return (
    <>
      <Button id={id} icon={<FilterOutlined />} onClick={() => setOpen(true)}>{value ? t("filter.conditions", { count: countConditions(filter) }) : empty}</Button>
      {open && fields && <FilterBuilder fields={fields.filter((field) => field.filterable)} related={related.data ?? []} filter={filter} onApply={apply} onClose={() => setOpen(false)} />}
    </>
  );
}
