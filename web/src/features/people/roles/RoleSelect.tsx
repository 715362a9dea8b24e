import { Select } from "antd";
import { useLabel } from "@/shared/i18n/i18n";
import { useRoles } from "../api";
import styles from "../people.module.css";

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (code: string | null) => void;
  placeholder?: string;
  disabled?: boolean;
  allowClear?: boolean;
  width?: number;
  "aria-label"?: string;
}

/** A role, each with a line about what it means. */
export function RoleSelect({ value, onChange, width, ...rest }: Props) {
  const roles = useRoles();
  const label = useLabel();
  return (
    <Select
      {...rest}
      style={width ? { width } : undefined}
      showSearch={{ optionFilterProp: "label" }}
      loading={roles.isPending}
      value={value ?? undefined}
      onChange={(code: string | undefined) => onChange?.(code ?? null)}
      popupMatchSelectWidth={width ? 320 : true}
      options={(roles.data ?? []).map((role) => ({ value: role.code, label: label(role.label), hint: label(role.about) }))}
      optionRender={(option) => (
        <span>
          {option.label}
          <span className={styles.hint}>{option.data.hint}</span>
        </span>
      )}
    />
  );
}
