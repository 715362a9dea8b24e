import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { describeDuty, holdDuty, useCatalogue, useRefreshMap, type HeldDuty } from "../map/api";

interface Props {
  personId: number;
  /** null adds one. */
  duty: HeldDuty | null;
  held: HeldDuty[];
  onClose: () => void;
}

interface Entered {
  duty_id: number;
  statement?: string;
}

/** A duty of the catalogue, and what it means in the person's own words. */
export function DutyDialog({ personId, duty, held, onClose }: Props) {
  const { t } = useTranslation("people");
  const refresh = useRefreshMap();
  const catalogue = useCatalogue();
  const taken = new Set(held.map((one) => one.duty.id));
  const choices = (catalogue.data ?? []).filter((one) => !one.archived && !taken.has(one.id));
  return (
    <FormDialog<Entered>
      open
      title={duty ? duty.duty.name : t("duty.add")}
      initial={{ statement: duty?.statement ?? "" }}
      save={({ duty_id, statement }) => (duty ? describeDuty(duty.id, statement ?? "") : holdDuty(personId, { duty_id, statement: statement ?? "" }))}
      onSaved={refresh}
      onClose={onClose}
    >
      {!duty && (
        <Form.Item name="duty_id" label={t("duty.one")} rules={[{ required: true, message: t("duty.choose") }]} extra={t("duty.from_catalogue")}>
          <Select
            autoFocus
            showSearch={{ filterOption: (words, option) => option?.words.includes(words.toLowerCase()) ?? false }}
            loading={catalogue.isPending}
            notFoundContent={t("duty.no_choice")}
            options={choices.map((one) => ({ value: one.id, label: one.name, words: [one.name, ...one.aliases].join(" ").toLowerCase() }))}
          />
        </Form.Item>
      )}
      <Form.Item name="statement" label={t("duty.statement")} extra={t("duty.statement_hint")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormDialog>
  );
}
