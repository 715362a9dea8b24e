import { Checkbox, Form, Radio, Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useColleagues, useDepartments } from "@/shared/api/colleagues";
import { STAGES, STANDINGS, type StageCode, type Standing } from "@/shared/api/types";
import type { Chosen } from "@/shared/list/selection";
import { useGradeName } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { useCapacities } from "../pool/api";
import type { Draft, Source } from "./draft";
import styles from "./handOver.module.css";

interface Props {
  draft: Draft;
  chosen: Chosen | null;
  onChange: (draft: Draft) => void;
}

/** Whose customers, which of them, to whom, and how they are shared out. */
export function HandOverForm({ draft, chosen, onChange }: Props) {
  const { t } = useTranslation("assignment");
  const put = (changes: Partial<Draft>) => onChange({ ...draft, ...changes });
  return (
    <Panel title={t("handing.what")}>
      <Form layout="vertical">
        <Form.Item label={t("handing.from")}>
          <Radio.Group
            aria-label={t("handing.from")}
            value={draft.source}
            onChange={(event) => put({ source: event.target.value as Source })}
            options={[
              ...(chosen ? [{ value: "chosen", label: t("handing.chosen", { count: chosen.count }) }] : []),
              { value: "person", label: t("handing.person") },
              { value: "department", label: t("handing.department") },
            ]}
          />
        </Form.Item>
        <From draft={draft} put={put} />
        <Which draft={draft} put={put} />
        {!chosen && <p className={styles.hint}>{t("handing.by_filter")} <Link to="/customers">{t("handing.to_list")}</Link></p>}
        <To draft={draft} put={put} />
      </Form>
    </Panel>
  );
}

interface PartProps {
  draft: Draft;
  put: (changes: Partial<Draft>) => void;
}

function From({ draft, put }: PartProps) {
  const { t } = useTranslation("assignment");
  const owners = useColleagues();
  const departments = useDepartments();
  if (draft.source === "person") {
    // Who left may still have customers.
    const people = (owners.data ?? []).map((user) => ({ value: user.id, label: user.active ? user.name || user.username : t("handing.left_person", { name: user.name || user.username }) }));
    return (
      <Form.Item label={t("handing.whose")} htmlFor="hand-from">
        <Select<number> id="hand-from" allowClear showSearch={{ optionFilterProp: "label" }} loading={owners.isPending} placeholder={t("handing.choose_person")} value={draft.user_id ?? undefined} onChange={(id?: number) => put({ user_id: id ?? null })} options={people} />
      </Form.Item>
    );
  }
  if (draft.source === "department") {
    return (
      <Form.Item label={t("handing.which_department")} htmlFor="hand-department" extra={t("handing.department_below")}>
        <Select<number> id="hand-department" allowClear showSearch={{ optionFilterProp: "label" }} loading={departments.isPending} placeholder={t("handing.choose_department")} value={draft.department_id ?? undefined} onChange={(id?: number) => put({ department_id: id ?? null })} options={(departments.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
    );
  }
  return null;
}

function Which({ draft, put }: PartProps) {
  const { t } = useTranslation(["assignment", "shared"]);
  const gradeName = useGradeName();
  return (
    <div className={styles.two}>
      <Form.Item label={t("handing.grades")} htmlFor="hand-grades">
        <Select<Standing[]> id="hand-grades" mode="multiple" allowClear placeholder={t("handing.every_grade")} value={draft.grades} onChange={(grades) => put({ grades })} options={STANDINGS.map((grade) => ({ value: grade, label: gradeName(grade) }))} />
      </Form.Item>
      <Form.Item label={t("handing.stages")} htmlFor="hand-stages">
        <Select<StageCode[]> id="hand-stages" mode="multiple" allowClear placeholder={t("handing.every_stage")} value={draft.stages} onChange={(stages) => put({ stages })} options={STAGES.map((stage) => ({ value: stage, label: t(`shared:stage.${stage}`) }))} />
      </Form.Item>
    </div>
  );
}

function To({ draft, put }: PartProps) {
  const { t } = useTranslation("assignment");
  const people = useCapacities(true);
  const options = (people.data ?? [])
    .filter((one) => draft.source !== "person" || one.id !== draft.user_id)
    .map((one) => ({ value: one.id, label: [one.name, one.department, t("handing.holds", { count: one.holdings })].filter(Boolean).join(" · ") }));
  const limited = people.data?.some((one) => one.capacity !== null);
  const several = draft.to.length > 1;
  return (
    <>
      <Form.Item label={t("handing.to")} htmlFor="hand-to">
        <Select<number[]> id="hand-to" mode="multiple" allowClear showSearch={{ optionFilterProp: "label" }} loading={people.isPending} placeholder={t("handing.choose_people")} value={draft.to} onChange={(to) => put({ to })} options={options} />
      </Form.Item>
      {several && (
        <Form.Item label={t("handing.how")}>
          <Radio.Group aria-label={t("handing.how")} value={draft.how} onChange={(event) => put({ how: event.target.value as Draft["how"] })} options={[{ value: "equally", label: t("handing.equally") }, { value: "by_load", label: t("handing.by_load") }]} />
        </Form.Item>
      )}
      <Space orientation="vertical">
        <Checkbox checked={draft.within_department} onChange={(event) => put({ within_department: event.target.checked })}>{t("handing.within_department")}</Checkbox>
        {limited && <Checkbox checked={draft.over_capacity} onChange={(event) => put({ over_capacity: event.target.checked })}>{t("handing.over_capacity")}</Checkbox>}
      </Space>
    </>
  );
}
