import { DatePicker, Input, Select, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useUsers } from "../api";
import styles from "../people.module.css";
import type { AuditSearch } from "./search";

const ACTIONS = ["create", "update", "delete", "read", "reveal", "export", "import", "merge", "undo", "publish", "erase", "sign_in"] as const;
const SUBJECTS = ["customer", "customers", "contact", "user", "department", "api_key", "import", "value_model", "transaction", "receipt", "interaction"] as const;

interface Props {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
}

/** Who, what, on what, when, and any words: the server looks through the whole log. */
export function AuditFilters({ search, onChange }: Props) {
  const { t } = useTranslation("people");
  const users = useUsers();
  const day = (text: string | null) => (text ? dayjs(text) : null);
  const put = (days: [Dayjs | null, Dayjs | null] | null) => onChange({ from: days?.[0]?.format("YYYY-MM-DD") ?? null, to: days?.[1]?.format("YYYY-MM-DD") ?? null });
  return (
    <div className={styles.bar} role="search" aria-label={t("audit.search")}>
      <Input.Search key={search.q ?? ""} allowClear className={styles.search} aria-label={t("audit.search")} placeholder={t("audit.search")} defaultValue={search.q ?? ""} onSearch={(q) => onChange({ q: q.trim() || null })} />
      <Select
        allowClear
        aria-label={t("audit.actor")}
        placeholder={t("audit.actor")}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        value={search.actor ? Number(search.actor) : undefined}
        onChange={(id: number | undefined) => onChange({ actor: id ? String(id) : null })}
        options={users.data?.map((user) => ({ value: user.id, label: user.name || user.username }))}
      />
      <Select allowClear aria-label={t("audit.what")} placeholder={t("audit.what")} popupMatchSelectWidth={false} value={search.action ?? undefined} onChange={(action: string | undefined) => onChange({ action: action ?? null })} options={ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`).replace(/[：:]$/, "") }))} />
      <Select allowClear aria-label={t("audit.subject_type")} placeholder={t("audit.subject_type")} popupMatchSelectWidth={false} value={search.subject_type ?? undefined} onChange={(type: string | undefined) => onChange({ subject_type: type ?? null, subject_id: null })} options={SUBJECTS.map((value) => ({ value, label: t(`audit.subject.${value}`) }))} />
      {search.subject_id && (
        <Tag closable onClose={() => onChange({ subject_id: null })}>
          {t("audit.of_record", { name: `${t(`audit.subject.${search.subject_type ?? "customer"}`)} #${search.subject_id}` })}
        </Tag>
      )}
      <DatePicker.RangePicker allowEmpty={[true, true]} aria-label={t("audit.at")} value={[day(search.from), day(search.to)]} onChange={put} />
    </div>
  );
}
