import { useQuery } from "@tanstack/react-query";
import { Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { get } from "../api/request";
import type { Named } from "../api/types";
import { CAN } from "../session/permissions";
import { useCan } from "../session/session";
import { FormDialog } from "../ui/FormDialog";
import { SHARES, changeView, createView, useRefreshViews, type Share, type View } from "./api";
import type { Content } from "./content";
import { useRoles } from "./roles";

interface Entered {
  name: string;
  shared: Share;
  department_id?: number | null;
  role?: string | null;
}

interface Props {
  kind: string;
  /** null saves what the list shows as a new view. */
  view: View | null;
  content: () => Content;
  onClose: () => void;
  onSaved: (view: View) => void;
}

/** Name of a view, and with whom it is shared. */
export function ViewDialog({ kind, view, content, onClose, onSaved }: Props) {
  const { t } = useTranslation("shared");
  const mayShare = useCan(CAN.shareViews);
  const refresh = useRefreshViews(kind);
  const save = ({ name, shared, department_id, role }: Entered) => {
    const given = { name: name.trim(), shared: shared ?? "private", department_id: shared === "department" ? (department_id ?? null) : null, role: shared === "role" ? (role ?? null) : null };
    return view ? changeView(view.id, given) : createView({ kind, content: content(), ...given });
  };
  return (
    <FormDialog<Entered, View>
      open
      width={460}
      title={t(view ? "views.edit" : "views.save_as")}
      initial={view ?? { name: "", shared: "private" }}
      save={save}
      onSaved={(saved) => void refresh().then(() => onSaved(saved))}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("views.name")} rules={[{ required: true, whitespace: true, message: t("views.name_missing") }, { max: 80, message: t("views.name_long") }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      {mayShare && (
        <>
          <Form.Item name="shared" label={t("views.shared")}>
            <Radio.Group options={SHARES.map((share) => ({ value: share, label: t(`views.share.${share}`) }))} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Entered, after: Entered) => before.shared !== after.shared}>
            {(form) => <With shared={form.getFieldValue("shared") as Share} />}
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}

function With({ shared }: { shared: Share }) {
  const { t } = useTranslation("shared");
  const departments = useQuery({ queryKey: ["people", "departments"], queryFn: () => get<Named[]>("/departments"), staleTime: 5 * 60_000, enabled: shared === "department" });
  const roles = useRoles(shared === "role");
  if (shared === "department") {
    return (
      <Form.Item name="department_id" label={t("views.department")} rules={[{ required: true, message: t("views.department_missing") }]}>
        <Select showSearch={{ optionFilterProp: "label" }} options={departments.data?.map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
    );
  }
  if (shared !== "role") return null;
  return (
    <Form.Item name="role" label={t("views.role")} rules={[{ required: true, message: t("views.role_missing") }]}>
      <Select showSearch={{ optionFilterProp: "label" }} options={roles} />
    </Form.Item>
  );
}
