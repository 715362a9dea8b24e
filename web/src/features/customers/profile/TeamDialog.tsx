import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { useOwners } from "../api";
import { writeTeam, type Team, type TeamMemberIn } from "./api";
import styles from "./profile.module.css";

const MOST = 30;

interface Entered {
  team: Partial<TeamMemberIn>[];
}

interface Props {
  customerId: number;
  team: Team;
  onClose: () => void;
  onSaved: () => void;
}

/** The whole team of a customer, one line a colleague. */
export function TeamDialog({ customerId, team, onClose, onSaved }: Props) {
  const { t } = useTranslation("customers");
  const members = team.items.map(({ user, part }) => ({ user_id: user.id, part }));
  const initial: Entered = { team: members.length > 0 ? members : [{}] };
  const save = (entered: Entered) => writeTeam(customerId, entered.team as TeamMemberIn[], team.version);
  return (
    <FormDialog<Entered> open title={t("team.title")} initial={initial} save={save} onSaved={onSaved} onClose={onClose}>
      <p className={styles.under}>{t("team.about")}</p>
      <Members team={team} />
    </FormDialog>
  );
}

function Members({ team }: { team: Team }) {
  const { t } = useTranslation("customers");
  const people = useOwners();
  const active = (people.data ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name || one.username }));
  // Until the colleagues are here, those in the team have their names already.
  const options = active.length > 0 ? active : team.items.map(({ user }) => ({ value: user.id, label: user.name }));
  const parts = team.parts.map((value) => ({ value }));
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
                <AutoComplete aria-label={t("team.part")} placeholder={t("team.part_example")} maxLength={60} options={parts} showSearch={{ filterOption: (text, option) => String(option?.value ?? "").includes(text) }} />
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
