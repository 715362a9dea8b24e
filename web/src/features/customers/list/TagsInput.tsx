import { Select, type SelectProps } from "antd";
import { useTags, type ListKind } from "../api";

interface Props extends Pick<SelectProps<string[]>, "id" | "value" | "onChange" | "placeholder" | "autoFocus" | "aria-label"> {
  /** Whose tags are offered. */
  kind: ListKind;
  /** Only those there are, each with how many carry it. */
  known?: boolean;
}

/** Tags chosen or typed; a comma or semicolon ends one. */
export function TagsInput({ kind, known = false, ...rest }: Props) {
  const tags = useTags(kind).data;
  return (
    <Select
      {...rest}
      mode={known ? "multiple" : "tags"}
      tokenSeparators={[",", "，", ";", "；"]}
      options={tags?.map(({ name, count }) => ({ value: name, label: `${name} (${count})` }))}
      optionLabelProp="value"
      style={{ width: "100%" }}
    />
  );
}
