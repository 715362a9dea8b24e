import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { createDepartment, updateDepartment, useRefreshPeople, type Department } from "../api";
import { PersonSelect } from "../users/PersonSelect";
import { DepartmentSelect } from "./DepartmentSelect";
import { parentsFor } from "./parents";

export interface Editing {
  /** null makes a new one. */
  department: Department | null;
  parent_id: number | null;
}

interface Entered {
  name: string;
  parent_id: number | null;
  head_id: number | null;
}

/** Makes a department, or renames and moves one. */
export function DepartmentDialog({ editing, all, onClose }: { editing: Editing; all: Department[]; onClose: () => void }) {
  const { t } = useTranslation("people");
  const refresh = useRefreshPeople();
  const { department } = editing;
  return (
    <FormDialog<Entered>
      open
      title={department ? t("department.edit") : t("department.new")}
      initial={{ name: department?.name ?? "", parent_id: editing.parent_id, head_id: department?.head?.id ?? null }}
      save={({ name, parent_id, head_id }) => {
        const given = { name, parent_id: parent_id ?? null, head_id: head_id ?? null };
        return department ? updateDepartment(department.id, given) : createDepartment(given);
      }}
      onSaved={refresh}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("department.name")} rules={[{ required: true, whitespace: true, message: t("department.name_missing") }]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="parent_id" label={t("department.parent")}>
        <DepartmentSelect departments={parentsFor(all, department)} placeholder={t("department.top")} />
      </Form.Item>
      <Form.Item name="head_id" label={t("department.head")}>
        <PersonSelect placeholder={t("department.no_head")} />
      </Form.Item>
    </FormDialog>
  );
}
