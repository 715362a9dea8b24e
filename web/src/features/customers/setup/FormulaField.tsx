import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "@/shared/api/request";
import { useFormat } from "@/shared/format/useFormat";
import { useErrorText } from "@/shared/ui/states";
import styles from "../customers.module.css";
import { tryFormula } from "./api";

interface Found {
  type: string;
  id: number;
  name: string;
}

/** A formula, and what it gives for a customer chosen to try it on. */
export function FormulaField({ code }: { code: string }) {
  const { t } = useTranslation("customers");
  const form = Form.useFormInstance();
  const formula = useDeferredValue((Form.useWatch("formula", form) as string | undefined) ?? "");
  const [customer, setCustomer] = useState<number | null>(null);
  const [q, setQ] = useState("");
  const words = useDeferredValue(q);
  const found = useQuery({ queryKey: ["customers", "search", "formula", words], queryFn: () => get<Found[]>("/search", { q: words }), enabled: words.length > 0 });
  return (
    <>
      <Form.Item name="formula" label={t("setup.formula")} extra={t("setup.formula_hint")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} spellCheck={false} />
      </Form.Item>
      {formula && (
        <div className={styles.try}>
          <Select
            aria-label={t("setup.formula_on")}
            placeholder={t("setup.formula_on")}
            showSearch={{ filterOption: false, onSearch: setQ }}
            allowClear
            value={customer}
            onChange={(id) => setCustomer(id ?? null)}
            options={(found.data ?? []).filter((one) => one.type === "customer").map((one) => ({ value: one.id, label: one.name }))}
          />
          <Result formula={formula} code={code} customer={customer} />
        </div>
      )}
    </>
  );
}

function Result({ formula, code, customer }: { formula: string; code: string; customer: number | null }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const errorText = useErrorText();
  const tried = useQuery({ queryKey: ["attributes", "formula", formula, code, customer], queryFn: () => tryFormula(formula, code, customer), retry: false });
  if (tried.error) return <span className={styles.down} role="status">{errorText(tried.error)}</span>;
  if (customer === null) return <span className={styles.before} role="status">{tried.data ? t("setup.formula_fine") : ""}</span>;
  return <strong role="status">{tried.data ? `= ${format.number(tried.data.value, 4)}` : ""}</strong>;
}
