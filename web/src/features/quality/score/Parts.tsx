import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import type { Part } from "./api";
import styles from "../quality.module.css";

/** What each part keeps of the points it can give. */
export function Parts({ parts }: { parts: Part[] }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  return (
    <ul className={styles.parts}>
      {parts.map((part) => {
        const kept = part.weight - part.cost;
        return (
          <li key={part.code} className={styles.part}>
            <span>{t(`part.${part.code}`)}</span>
            <span className={styles.track} aria-hidden><span className={styles.bar} style={{ width: `${part.weight ? (100 * kept) / part.weight : 100}%` }} /></span>
            <span className={styles.cost}>{t("of", { kept: format.number(kept, kept % 1 ? 1 : 0), weight: part.weight })}</span>
          </li>
        );
      })}
    </ul>
  );
}
