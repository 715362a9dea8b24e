import { DeleteOutlined, SaveOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Modal, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFailed } from "@/shared/ui/useFailed";
import { useForgetTemplate, useSaveTemplate, useTemplates, type Preview } from "../api";
import { requestOf, type Known } from "./draft";

/** Choices kept under a name, one's own and those shared, to begin with. */
export function ChooseTemplate({ onChoose }: { onChoose: (template: NonNullable<ReturnType<typeof useTemplates>["data"]>[number]) => void }) {
  const { t } = useTranslation(["integration", "shared"]);
  const failed = useFailed();
  const templates = useTemplates();
  const forget = useForgetTemplate();
  const [chosen, setChosen] = useState<number | null>(null);
  if (!templates.data?.length) return null;
  const one = templates.data.find(({ id }) => id === chosen);
  return (
    <Form.Item label={t("template.use")} htmlFor="import-template">
      <Space.Compact block>
        <Select
          id="import-template"
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("template.none")}
          value={one?.id}
          onChange={(id: number) => {
            setChosen(id);
            const found = templates.data.find((each) => each.id === id);
            if (found) onChoose(found);
          }}
          options={templates.data.map((each) => ({ value: each.id, label: each.own ? each.name : t("template.of", { name: each.name, by: each.by?.name ?? "" }) }))}
        />
        {one?.own && (
          <Button
            icon={<DeleteOutlined />}
            aria-label={t("template.forget", { name: one.name })}
            title={t("template.forget", { name: one.name })}
            loading={forget.isPending}
            onClick={() => void forget.mutateAsync(one.id).catch(failed)}
          />
        )}
      </Space.Compact>
    </Form.Item>
  );
}

/** Keeps the choices made so far under a name. */
export function SaveTemplate({ draft, preview }: { draft: Known; preview: Preview }) {
  const { t } = useTranslation(["integration", "shared"]);
  const { message } = App.useApp();
  const failed = useFailed();
  const save = useSaveTemplate();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const keep = () => {
    const { kind, source, encoding, delimiter, sheet, unknown_customers, date_format, customer_source, match_by, contact_by, mode, empty_cells, ...choices } = requestOf(draft);
    const kept = { kind, source, encoding, delimiter, sheet, unknown_customers, date_format, customer_source, match_by, contact_by, mode, empty_cells, mapping: choices.mapping ?? preview.mapping, words: preview.words, name: name.trim(), shared };
    void save.mutateAsync(kept).then(() => {
      setOpen(false);
      void message.success(t("template.saved", { name: kept.name }));
    }, failed);
  };
  return (
    <>
      <Button icon={<SaveOutlined />} onClick={() => setOpen(true)}>
        {t("template.save")}
      </Button>
      <Modal open={open} title={t("template.save")} okText={t("shared:action.save")} cancelText={t("shared:action.cancel")} onCancel={() => setOpen(false)} onOk={keep} okButtonProps={{ disabled: !name.trim(), loading: save.isPending }}>
        <Form layout="vertical">
          <Form.Item label={t("template.name")} htmlFor="template-name" extra={t("template.why")}>
            <Input id="template-name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} onPressEnter={() => name.trim() && keep()} />
          </Form.Item>
          <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>{t("template.shared")}</Checkbox>
        </Form>
      </Modal>
    </>
  );
}
