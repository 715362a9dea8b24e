import { Checkbox } from "antd";
import type { ComponentProps } from "react";

interface Props extends Pick<ComponentProps<typeof Checkbox.Group<string>>, "value" | "onChange" | "options" | "className" | "children"> {
  label: string;
}

/** Boxes of which several may be ticked, for a form. It takes no more from the form: "required" is nothing a group can be. */
export function CheckGroup({ label, value, onChange, options, className, children }: Props) {
  return (
    <Checkbox.Group<string> role="group" aria-label={label} value={value} onChange={onChange} options={options} className={className}>
      {children}
    </Checkbox.Group>
  );
}
