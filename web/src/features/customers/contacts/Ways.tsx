import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { callHref, mailHref } from "@/shared/format/reach";
import type { Channel } from "./api";
import styles from "./contacts.module.css";

/** What touching a way to reach somebody does. */
function hrefOf(way: Channel): string | undefined {
  if (way.kind === "phone") return callHref(way.normal);
  if (way.kind === "email") return mailHref(way.value);
  if (way.kind === "web") return way.value.startsWith("http") ? way.value : `https://${way.value}`;
  return undefined;
}

/** Phones to call, mails to write; one that does not work is struck through and says so. */
export function Ways({ ways }: { ways: Channel[] }) {
  const { t } = useTranslation("customers");
  return (
    <ul className={styles.ways}>
      {ways.map((way) => {
        const href = hrefOf(way);
        const outside = way.kind === "web" ? { target: "_blank", rel: "noreferrer" } : {};
        const text = <span className={way.validity === "invalid" ? styles.invalid : undefined}>{way.value}</span>;
        return (
          <li key={`${way.kind} ${way.normal}`} className={styles.way}>
            {href && way.validity !== "invalid" ? <a href={href} {...outside}>{text}</a> : text}
            <span className={styles.under}>
              {way.label ? t(`channel.label.${way.label}`) : t(`channel.kind.${way.kind}`)}
              {way.validity !== "unknown" && ` · ${t(`channel.validity.${way.validity}`)}${way.validity_reason ? ` · ${way.validity_reason}` : ""}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A contact's part in decisions, with its influence. */
export function RoleTag({ role, influence }: { role: string; influence: number | null }) {
  const { t } = useTranslation("customers");
  if (!role) return null;
  return (
    <Tag className={role === "decision_maker" || role === "sponsor" ? styles.strong : undefined}>
      {t(`contact.roles.${role}`)}
      {influence ? ` ${influence}/5` : ""}
    </Tag>
  );
}
