import { Select } from "antd";
import { useUsers } from "../api";

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (id: number | null) => void;
  placeholder?: string;
  /** Somebody who cannot be chosen. */
  without?: number;
}

/** A colleague, by name. */
export function PersonSelect({ id, value, onChange, placeholder, without }: Props) {
  const users = useUsers();
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={placeholder}
      loading={users.isPending}
      value={value ?? undefined}
      onChange={(chosen: number | undefined) => onChange?.(chosen ?? null)}
      options={(users.data ?? []).filter((user) => user.id !== without && (user.active || user.id === value)).map((user) => ({ value: user.id, label: user.name || user.username }))}
    />
  );
}
