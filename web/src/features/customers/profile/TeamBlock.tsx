import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Form, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { FormDialog } from "@/shared/ui/FormDialog";
import { useOwners } from "../api";
import { useTeam, writeTeam, type TeamMember, type TeamMemberIn } from "./api";
import { ListBlock } from "./ListBlock";
import styles from "./profile.module.css";

const MOST = 30;

interface Props {
  customerId: number;
  /** Draws the photo of a colleague. */
  photo: (person: { name: string; photo: string | null }) => ReactNode;
}

/** Who works for a customer beside its owner, and what each does there. */
export function TeamBlock({ customerId, photo }: Props) {
  const { t } = useTranslation("customers");
  const team = useTeam(customerId);
  const client = useQueryClient();
  const [changing, setChanging] = useState(false);
  const items = team.data?.items ?? [];
  // Who is in the team decides who sees the customer, and stands in lists.
  const refresh = () => void client.invalidateQueries({ queryKey: ["customers"] });
  const dialog = changing && team.data && <TeamDialog customerId={customerId} items={items} version={team.data.version} parts={team.data.parts} onClose={() => setChanging(false)} onSaved={refresh} />;
  return (
    <ListBlock title={t("team.block")} none={t("team.none")} query={team} empty={items.length === 0} onAdd={team.data?.may_change ? () => setChanging(true) : undefined} addText={items.length > 0 ? t("team.change") : undefined} addIcon={items.length > 0 ? <EditOutlined /> : undefined} dialog={dialog}>
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={one.user.id} className={styles.person}>
            {photo({ name: one.user.name, photo: one.photo })}
            <span className={styles.text}>
              <Link to={`/people/${one.user.id}`}>{one.user.name}</Link> <span className={styles.under}>{one.part}</span>
            </span>
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}

interface Entered {
  team?: Partial<TeamMemberIn>[];
}

interface DialogProps {
  customerId: number;
  items: TeamMember[];
  version: string;
  parts: string[];
  onClose: () => void;
  onSaved: () => void;
}

function TeamDialog({ customerId, items, version, parts, onClose, onSaved }: DialogProps) {
  const { t } = useTranslation("customers");
  const initial: Entered = { team: items.length > 0 ? items.map(({ user, part }) => ({ user_id: user.id, part })) : [{}] };
  const save = ({ team }: Entered) => writeTeam(customerId, (team ?? []) as TeamMemberIn[], version);
  return (
    <FormDialog<Entered> open title={t("team.title")} initial={initial} save={save} onSaved={onSaved} onClose={onClose}>
      <p className={styles.under}>{t("team.about")}</p>
      <Members names={items.map((one) => one.user)} parts={parts} />
    </FormDialog>
  );
}

function Members({ names, parts }: { names: TeamMember["user"][]; parts: string[] }) {
  const { t } = useTranslation("customers");
  const people = useOwners();
  const active = (people.data ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name || one.username }));
  // Until the colleagues are here, those in the team have their names already.
  const options = active.length > 0 ? active : names.map((one) => ({ value: one.id, label: one.name }));
  return (
    <Form.List name="team">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.pair}>
              <Form.Item name={[name, "user_id"]} rules={[{ required: true, message: t("team.person_missing") }]}>
                <Select aria-label={t("team.person")} placeholder={t("team.person")} showSearch={{ optionFilterProp: "label" }} options={options} />
              </Form.Item>
              <Form.Item name={[name, "part"]}>
                <AutoComplete aria-label={t("team.part")} placeholder={t("team.part_example")} maxLength={60} options={parts.map((value) => ({ value }))} showSearch={{ filterOption: (text, option) => String(option?.value ?? "").includes(text) }} />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t("team.remove")} onClick={() => remove(name)} />
            </div>
          ))}
          {fields.length < MOST ? (
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
              {t("team.add")}
            </Button>
          ) : (
            <span className={styles.under}>{t("team.most", { count: MOST })}</span>
          )}
        </>
      )}
    </Form.List>
  );
}
