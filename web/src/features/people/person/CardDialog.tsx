import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { updateCard, useRefreshMap, type PersonDetail } from "../map/api";

type Entered = Pick<PersonDetail, "phone" | "about" | "languages" | "skills">;

/** What colleagues know of a person: telephone, a few words, languages, skills. */
export function CardDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const { t } = useTranslation("people");
  const refresh = useRefreshMap();
  const { phone, about, languages, skills } = person;
  return (
    <FormDialog<Entered>
      open
      title={t("person.edit")}
      initial={{ phone, about, languages, skills }}
      save={(entered) => updateCard(person.id, entered)}
      onSaved={refresh}
      onClose={onClose}
    >
      <Form.Item name="phone" label={t("user.phone")}>
        <Input maxLength={40} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="about" label={t("person.about")} extra={t("person.about_hint")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Form.Item name="languages" label={t("person.languages")}>
        <Select mode="tags" open={false} suffix={null} maxCount={30} tokenSeparators={[",", "，", "、"]} />
      </Form.Item>
      <Form.Item name="skills" label={t("person.skills")} extra={t("person.tags_hint")}>
        <Select mode="tags" open={false} suffix={null} maxCount={30} tokenSeparators={[",", "，", "、"]} />
      </Form.Item>
    </FormDialog>
  );
}
