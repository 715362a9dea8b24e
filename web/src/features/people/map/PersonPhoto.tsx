import { Avatar } from "antd";
import { initials } from "./names";
import styles from "./map.module.css";

interface Props {
  person: { name: string; photo: string | null };
  size?: number;
}

/** A person's photo, or the initials; the name stands beside it, so it says nothing by itself. */
export function PersonPhoto({ person, size = 40 }: Props) {
  const small = size < 32;
  return (
    <span aria-hidden className={styles.photo}>
      <Avatar size={size} src={person.photo ?? undefined} className={styles.avatar} style={{ fontSize: Math.round(size * (small ? 0.5 : 0.34)) }}>
        {initials(person.name, small)}
      </Avatar>
    </span>
  );
}
