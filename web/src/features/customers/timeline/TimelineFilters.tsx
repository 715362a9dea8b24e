import { FilterOutlined } from "@ant-design/icons";
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TIMELINE_KINDS, type TimelineFilter } from "../api";
import customers from "../customers.module.css";
import { useColleagues } from "./NoteField";
import styles from "./timeline.module.css";

interface Props {
  filter: TimelineFilter;
  onChange: (filter: TimelineFilter) => void;
  /** What stands behind them. */
  after?: ReactNode;
}

/** What the timeline shows: kinds at once; a colleague, a period and words on demand. */
export function TimelineFilters({ filter, onChange, after }: Props) {
  const { t } = useTranslation("customers");
  const [open, setOpen] = useState(false);
  const { kinds } = filter;
  const further = Boolean(filter.by_id || filter.since || filter.until || filter.q);
  const toggle = (kind: (typeof TIMELINE_KINDS)[number]) => onChange({ ...filter, kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  return (
    <>
      <div className={customers.filters} role="group" aria-label={t("timeline.kinds")}>
        {TIMELINE_KINDS.map((kind) => (
          <Button key={kind} size="small" shape="round" type={kinds.includes(kind) ? "primary" : "default"} aria-pressed={kinds.includes(kind)} onClick={() => toggle(kind)}>
            {t(`timeline.${kind}`)}
          </Button>
        ))}
        <Button size="small" shape="round" icon={<FilterOutlined />} aria-expanded={open} type={further ? "primary" : "default"} onClick={() => setOpen(!open)}>{t("timeline.further")}</Button>
        {after}
      </div>
      {open && <Further filter={filter} onChange={onChange} />}
    </>
  );
}

function Further({ filter, onChange }: Props) {
  const { t } = useTranslation("customers");
  const people = useColleagues();
  const day = (text: string | null | undefined) => (text ? dayjs(text) : null);
  return (
    <div className={styles.further}>
      <Input.Search allowClear aria-label={t("timeline.search")} placeholder={t("timeline.search")} defaultValue={filter.q} maxLength={100} onSearch={(q) => onChange({ ...filter, q: q.trim() })} />
      <Select<number> allowClear showSearch={{ optionFilterProp: "label" }} aria-label={t("timeline.by")} placeholder={t("timeline.by")} value={filter.by_id ?? undefined} onChange={(id: number | undefined) => onChange({ ...filter, by_id: id ?? null })} options={people.map((one) => ({ value: one.id, label: one.label }))} />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        aria-label={t("timeline.period")}
        value={[day(filter.since), filter.until ? dayjs(filter.until).subtract(1, "day") : null]}
        onChange={(range) => onChange({ ...filter, since: range?.[0]?.startOf("day").format() ?? null, until: range?.[1]?.add(1, "day").startOf("day").format() ?? null })}
      />
    </div>
  );
}
