import { TreeSelect, type TreeSelectProps } from "antd";
import { useId } from "react";

/** A choice among branches. Its box says by name which list it opens; the library gives that list no name. */
export function TreePicker(props: TreeSelectProps) {
  const own = useId();
  const id = props.id ?? own;
  return <TreeSelect {...props} id={id} popupRender={(list) => <div id={`${id}_list`}>{list}</div>} />;
}
