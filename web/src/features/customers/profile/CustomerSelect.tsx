import { Select } from "antd";
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/shared/api/request";

interface Props {
  id?: string;
  value?: number;
  onChange?: (id: number) => void;
  /** Not offered. */
  except?: number[];
}

/** Chooses a customer by a few letters of its name, pinyin or phone. */
export function CustomerSelect({ id, value, onChange, except = [] }: Props) {
  const { t } = useTranslation("customers");
  const [text, setText] = useState("");
  const [q, setQ] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ["customers", "search", q],
    queryFn: ({ signal }) => get<{ type: string; id: number; name: string }[]>("/search", { q }, signal),
    enabled: q.length > 0,
  });
  const customers = (found.data ?? []).filter((one) => one.type === "customer" && !except.includes(one.id));
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t("list.search")}
      notFoundContent={q && found.data ? t("list.not_found") : null}
      options={customers.map((one) => ({ value: one.id, label: one.name }))}
    />
  );
}
