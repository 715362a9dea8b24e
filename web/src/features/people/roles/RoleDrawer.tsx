import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Drawer, Input, Skeleton, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { useMe } from "@/shared/session/session";
import { FormError } from "@/shared/ui/FormError";
import { useOpenForm } from "@/shared/ui/openForms";
import { createRole, updateRole, useRefreshPeople, useRoleChoices, type Role } from "../api";
import { changedPart, type Draft, type PartProps } from "./draft";
import { groupsOf } from "./permissions";
import { FieldMatrix, ReachMatrix } from "./RoleMatrix";
import styles from "./roles.module.css";

export interface Editing {
  role: Role;
  /** Make a new role that begins like this one. */
  copy: boolean;
}

function draftOf({ role, copy }: Editing): Draft {
  const words = copy ? { label_zh: "", label_en: "" } : { label_zh: role.label.zh, label_en: role.label.en };
  return { ...words, about_zh: role.about.zh, about_en: role.about.en, permissions: role.permissions, reach: role.reach, reaches: role.reaches, fields: role.fields };
}

/** One role: its name, what it may do, whose records and which fields it sees. */
export function RoleDrawer({ editing, onClose }: { editing: Editing; onClose: () => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const label = useLabel();
  const me = useMe();
  const { message } = App.useApp();
  const refresh = useRefreshPeople();
  const choices = useRoleChoices();
  const { role, copy } = editing;
  const [draft, setDraft] = useState(() => draftOf(editing));
  useOpenForm(JSON.stringify(draft) !== JSON.stringify(draftOf(editing)));
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const fixed = !copy && (role.locked || role.code === me.role);
  const named = Boolean(draft.label_zh.trim() || draft.label_en.trim());
  const saving = useMutation({
    mutationFn: () => (copy ? createRole({ ...draft, copy_of: role.code }) : updateRole(role.code, changedPart(draft, draftOf(editing)))),
    onSuccess: () => {
      refresh();
      void message.success(t("roles.saved"));
      onClose();
    },
  });
  const tabs = choices.data && [
    { key: "may", label: t("roles.permissions"), children: <Permissions draft={draft} known={choices.data.permissions} fixed={fixed} change={change} /> },
    { key: "reach", label: t("roles.reach"), children: <ReachMatrix draft={draft} choices={choices.data} fixed={fixed} change={change} /> },
    { key: "fields", label: t("roles.fields"), children: <FieldMatrix draft={draft} choices={choices.data} fixed={fixed} change={change} /> },
  ];
  return (
    <Drawer
      open
      size={760}
      title={copy ? t("roles.new_title", { name: label(role.label) }) : label(role.label)}
      onClose={onClose}
      extra={
        !fixed && (
          <Button type="primary" disabled={!named} loading={saving.isPending} onClick={() => saving.mutate()}>
            {t("shared:action.save")}
          </Button>
        )
      }
    >
      {fixed && <Alert type="info" showIcon title={t(role.locked ? "roles.locked" : "roles.mine")} className={styles.note} />}
      <FormError error={saving.error} />
      <div className={styles.names}>
        {(["label_zh", "label_en", "about_zh", "about_en"] as const).map((name) => (
          <label key={name}>
            <span>{t(`roles.${name}`)}</span>
            <Input disabled={fixed} value={draft[name]} maxLength={name.startsWith("label") ? 80 : 300} onChange={(event) => change({ [name]: event.target.value })} />
          </label>
        ))}
      </div>
      {!named && <p className={styles.unnamed}>{t("roles.label_missing")}</p>}
      {tabs ? <Tabs items={tabs} /> : <Skeleton active />}
    </Drawer>
  );
}

function Permissions({ draft, known, fixed, change }: PartProps & { known: string[] }) {
  const { t } = useTranslation("people");
  return (
    <div className={styles.groups}>
      {groupsOf(known).map(([group, codes]) => (
        <fieldset key={group} className={styles.group}>
          <legend>{t(`permission_group.${group}`)}</legend>
          {codes.map((code) => (
            <Checkbox
              key={code}
              disabled={fixed || code === "read"}
              checked={draft.permissions.includes(code)}
              onChange={(event) => change({ permissions: event.target.checked ? [...draft.permissions, code] : draft.permissions.filter((one) => one !== code) })}
            >
              {t(`permission.${code}`, { defaultValue: code })}
            </Checkbox>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
