import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/shared/i18n/i18n";
import { FormDialog } from "@/shared/ui/FormDialog";
import { TreePicker } from "@/shared/ui/TreePicker";
import { toOptions, toTree } from "@/shared/ui/tree";
import { useDepartments, useUsers } from "../api";
import { setInternalCustomers, useRefreshMap, type HeldDuty } from "../map/api";

interface Entered {
  people: number[];
  departments: number[];
}

/** Who in the company relies on a duty: people, and whole departments. */
export function InternalCustomersDialog({ duty, onClose }: { duty: HeldDuty; onClose: () => void }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const refresh = useRefreshMap();
  const users = useUsers();
  const departments = useDepartments();
  const now = duty.internal_customers;
  return (
    <FormDialog<Entered>
      open
      title={`${duty.duty.name} · ${t("duty.internal_customers")}`}
      initial={{ people: now.flatMap((one) => one.person?.id ?? []), departments: now.flatMap((one) => one.department?.id ?? []) }}
      save={(entered) => setInternalCustomers(duty.id, entered)}
      onSaved={refresh}
      onClose={onClose}
    >
      <p>{t("duty.internal_customers_why")}</p>
      <Form.Item name="people" label={t("duty.people")}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          loading={users.isPending}
          options={(users.data ?? []).filter((one) => one.active && one.id !== duty.person.id).map((one) => ({ value: one.id, label: one.name || one.username }))}
        />
      </Form.Item>
      <Form.Item name="departments" label={t("department.title")} extra={t("duty.departments_hint")}>
        <TreePicker multiple treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} treeData={toOptions(toTree(departments.data ?? [], language))} />
      </Form.Item>
    </FormDialog>
  );
}
