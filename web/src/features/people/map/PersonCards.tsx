import { MailOutlined, PhoneOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { PersonCard } from "./api";
import { PersonPhoto } from "./PersonPhoto";
import styles from "./map.module.css";

/** People as cards: who they are, what they do, how to reach them. */
export function PersonCards({ people, headId }: { people: PersonCard[]; headId?: number }) {
  const first = [...people].sort((a, b) => Number(b.id === headId) - Number(a.id === headId));
  return (
    <ul className={styles.cards}>
      {first.map((one) => (
        <li key={one.id}>
          <Card one={one} head={one.id === headId} />
        </li>
      ))}
    </ul>
  );
}

function Card({ one, head }: { one: PersonCard; head: boolean }) {
  const { t } = useTranslation("people");
  const reason = one.found_by.find((by) => by !== "name" && by !== "duty");
  return (
    <article className={styles.card}>
      <div className={styles.who}>
        <PersonPhoto person={one} size={48} />
        <div className={styles.names}>
          <Link to={`/people/${one.id}`} className={styles.name}>{one.name}</Link>
          <span className={styles.sub}>{[one.title, reason || !head ? one.department?.name : undefined].filter(Boolean).join(" · ") || "–"}</span>
        </div>
        {head && <Tag className={styles.mark}>{t("map.head")}</Tag>}
      </div>
      {one.duties.length > 0 && (
        <ul className={styles.duties} aria-label={t("map.duties")}>
          {one.duties.map((duty) => (
            <li key={duty.id} title={duty.statement || undefined}>{duty.name}</li>
          ))}
        </ul>
      )}
      {reason === "skill" && <span className={styles.sub}>{[...one.skills, ...one.languages].join(" · ")}</span>}
      <div className={styles.reach}>
        {one.phone && <a href={`tel:${one.phone.replace(/\s/g, "")}`}><PhoneOutlined aria-hidden /> {one.phone}</a>}
        {one.email && <a href={`mailto:${one.email}`}><MailOutlined aria-hidden /> {one.email}</a>}
      </div>
    </article>
  );
}
