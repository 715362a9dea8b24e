import { PlusOutlined } from "@ant-design/icons";
import { Button, Divider, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttributes } from "@/shared/api/attributes";
import { useLabel } from "@/shared/i18n/i18n";
import type { CatalogueEntry, Indicator } from "../types";

interface Props {
  catalogue: CatalogueEntry[];
  onAdd: (indicator: Indicator) => void;
}

/** Adds an indicator of the catalogue, an attribute of the company, or a formula over the others. */
export function AddIndicator({ catalogue, onAdd }: Props) {
  const { t } = useTranslation("value");
  const [open, setOpen] = useState(false);
  const add = (indicator: Indicator) => {
    onAdd(indicator);
    setOpen(false);
  };
  return (
    <>
      <Button icon={<PlusOutlined />} type="dashed" onClick={() => setOpen(true)}>
        {t("model.add")}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("model.add")} destroyOnHidden>
        <FromCatalogue catalogue={catalogue} onAdd={add} />
        <Divider plain>{t("model.or_formula")}</Divider>
        <OwnFormula onAdd={add} />
      </Modal>
    </>
  );
}

function FromCatalogue({ catalogue, onAdd }: Props) {
  const { t } = useTranslation("value");
  const label = useLabel();
  const attributes = useAttributes();
  const families = [...new Set(catalogue.map((entry) => entry.family))];
  const options = [
    ...families.map((family) => ({
      label: t(`family.${family}`, { defaultValue: family }),
      options: catalogue.filter((entry) => entry.family === family).map((entry) => ({ value: entry.code, label: label(entry.label) })),
    })),
    {
      label: t("family.characteristic"),
      options: (attributes.data ?? []).map((one) => ({ value: `attribute:${one.code}`, label: label(one.label) })),
    },
  ].filter((group) => group.options.length > 0);
  const choose = (code: string) => {
    const entry = catalogue.find((one) => one.code === code);
    const text = attributes.data?.some((one) => `attribute:${one.code}` === code && ["text", "choice"].includes(one.type));
    onAdd({ code, weight: 10, better: entry?.better ?? "high", ...(text ? { scale: "map" as const, map: { other: 50 } } : { scale: "percentile" as const }) });
  };
  return (
    <Select aria-label={t("model.choose_indicator")} placeholder={t("model.choose_indicator")} showSearch={{ optionFilterProp: "label" }} options={options} onChange={choose} style={{ width: "100%" }} value={null} />
  );
}

interface Own {
  code: string;
  label: string;
  formula: string;
}

function OwnFormula({ onAdd }: { onAdd: (indicator: Indicator) => void }) {
  const { t } = useTranslation("value");
  return (
    <Form<Own> layout="vertical" requiredMark={false} onFinish={({ code, label, formula }) => onAdd({ code, label, formula, weight: 10, scale: "percentile", better: "high" })}>
      <Form.Item name="code" label={t("model.own_code")} rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,62}$/, message: t("model.own_code_wrong") }]}>
        <Input placeholder="revenue_per_visit" />
      </Form.Item>
      <Form.Item name="label" label={t("model.own_label")} rules={[{ required: true, message: t("model.own_label_missing") }]}>
        <Input />
      </Form.Item>
      <Form.Item name="formula" label={t("model.formula")} extra={t("model.formula_help")} rules={[{ required: true, message: t("model.formula_missing") }]}>
        <Input placeholder="revenue / max(transaction_count, 1)" />
      </Form.Item>
      <Button htmlType="submit">{t("model.add")}</Button>
    </Form>
  );
}
