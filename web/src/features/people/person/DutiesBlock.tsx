import { DeleteOutlined, EditOutlined, PlusOutlined, TeamOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Skeleton, Space, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import { useFailed } from "@/shared/ui/useFailed";
import { endDuty, useMapChange, usePersonDuties, type HeldDuty, type PersonDetail } from "../map/api";
import { PersonPhoto } from "../map/PersonPhoto";
import { DutyDialog } from "./DutyDialog";
import { InternalCustomersDialog } from "./InternalCustomersDialog";
import styles from "./person.module.css";

type Editing = { kind: "duty"; duty: HeldDuty | null } | { kind: "customers"; duty: HeldDuty };

/** What a person does, and who in the company relies on each of it. */
export function DutiesBlock({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("people");
  const duties = usePersonDuties(person.id);
  const [editing, setEditing] = useState<Editing | null>(null);
  const add = person.may_edit && person.active && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing({ kind: "duty", duty: null })}>{t("duty.add")}</Button>
  );
  const close = () => setEditing(null);
  return (
    <Panel title={t("map.duties")} extra={add}>
      <Loaded query={duties} waiting={<Skeleton active paragraph={{ rows: 4 }} />}>
        {(found) =>
          found.holds.length === 0 ? (
            <p className={styles.none}>{t("duty.none_here")}</p>
          ) : (
            <ul className={styles.list}>
              {found.holds.map((one) => (
                <li key={one.id} className={styles.duty}>
                  <div className={styles.dutyHead}>
                    <strong>{one.duty.name}</strong>
                    {person.may_edit && <Actions one={one} onEdit={() => setEditing({ kind: "duty", duty: one })} onCustomers={() => setEditing({ kind: "customers", duty: one })} />}
                  </div>
                  {one.statement && <p className={styles.statement}>{one.statement}</p>}
                  <Relying one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing?.kind === "duty" && <DutyDialog personId={person.id} duty={editing.duty} held={duties.data?.holds ?? []} onClose={close} />}
      {editing?.kind === "customers" && <InternalCustomersDialog duty={editing.duty} onClose={close} />}
    </Panel>
  );
}

function Actions({ one, onEdit, onCustomers }: { one: HeldDuty; onEdit: () => void; onCustomers: () => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const failed = useFailed();
  const gone = useMapChange(endDuty);
  const button = (label: string, icon: React.ReactNode, onClick?: () => void) => (
    <Tooltip title={label}>
      <Button type="text" size="small" icon={icon} aria-label={`${label}: ${one.duty.name}`} onClick={onClick} />
    </Tooltip>
  );
  return (
    <Space size={0}>
      {button(t("duty.internal_customers"), <TeamOutlined />, onCustomers)}
      {button(t("shared:action.edit"), <EditOutlined />, onEdit)}
      <Popconfirm title={t("duty.end_title", { name: one.duty.name })} description={t("duty.end_why")} okText={t("duty.end")} onConfirm={() => gone.mutateAsync(one.id).catch(failed)}>
        {button(t("duty.end"), <DeleteOutlined />)}
      </Popconfirm>
    </Space>
  );
}

function Relying({ one }: { one: HeldDuty }) {
  const { t } = useTranslation("people");
  if (one.internal_customers.length === 0) return <p className={styles.hint}>{t("duty.nobody_relies")}</p>;
  return (
    <div className={styles.relying}>
      <span className={styles.hint}>{t("duty.internal_customers")}</span>
      {one.internal_customers.map(({ person, department }) =>
        person ? (
          <Link key={`p${person.id}`} to={`/people/${person.id}`} className={styles.chip}>
            <PersonPhoto person={person} size={20} /> {person.name}
          </Link>
        ) : department ? (
          <Link key={`d${department.id}`} to={`/people/map?department=${department.id}`} className={styles.chip}>
            <TeamOutlined aria-hidden /> {department.name}
          </Link>
        ) : null,
      )}
    </div>
  );
}
