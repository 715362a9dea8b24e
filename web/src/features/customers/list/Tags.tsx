import { Tag } from "antd";
import { UNKNOWN } from "@/shared/format/format";

/** The tags of a record; a long list ends in how many more there are. */
export function Tags({ tags, most = 3 }: { tags: string[]; most?: number }) {
  if (tags.length === 0) return <>{UNKNOWN}</>;
  return (
    <span title={tags.join(" · ")}>
      {tags.slice(0, most).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {tags.length > most && `+${tags.length - most}`}
    </span>
  );
}
