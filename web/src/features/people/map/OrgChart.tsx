import { MinusOutlined, PlusOutlined, TeamOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { isStack, type Node } from "./org";
import { PersonPhoto } from "./PersonPhoto";
import styles from "./map.module.css";

interface Props {
  roots: Node[];
  open: Set<number>;
  zoom: number;
  chosen: number | null;
  onToggle: (id: number) => void;
  onChoose: (id: number) => void;
}

/** The departments as a chart from the top down, on a phone as an indented list; each opens and closes. */
export function OrgChart({ roots, zoom, ...rest }: Props) {
  const { t } = useTranslation("people");
  return (
    // Scrolled by keyboard when it does not fit.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.view} role="region" aria-label={t("map.chart")} tabIndex={0}>
      <div className={styles.sheet} style={{ zoom }}>
        <Level level={roots} {...rest} />
      </div>
    </div>
  );
}

function Level({ level, ...rest }: Omit<Props, "roots" | "zoom"> & { level: Node[] }) {
  const kind = isStack(level) ? styles.stack : styles.row;
  return (
    <ul className={`${styles.level} ${kind}`}>
      {level.map((one) => (
        <li key={one.id} className={styles.node}>
          <Box one={one} {...rest} />
          {one.children && rest.open.has(one.id) && <Level level={one.children} {...rest} />}
        </li>
      ))}
    </ul>
  );
}

function Box({ one, open, chosen, onToggle, onChoose }: Omit<Props, "roots" | "zoom"> & { one: Node }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const isOpen = open.has(one.id);
  return (
    <div className={`${styles.box} ${chosen === one.id ? styles.chosen : ""}`}>
      <button type="button" className={styles.choose} aria-pressed={chosen === one.id} onClick={() => onChoose(one.id)}>
        <span className={styles.department}>{one.name}</span>
        <span className={styles.headOf}>
          {one.head ? (
            <>
              <PersonPhoto person={one.head} size={24} />
              <span>{one.head.name}</span>
            </>
          ) : (
            <span className={styles.sub}>{t("department.no_head")}</span>
          )}
        </span>
        <span className={styles.count}>
          <TeamOutlined aria-hidden /> {t("map.people", { count: one.people, number: format.number(one.people) })}
        </span>
      </button>
      {one.children && (
        <Button
          size="small"
          shape="circle"
          className={styles.toggle}
          icon={isOpen ? <MinusOutlined /> : <PlusOutlined />}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? "map.close" : "map.open", { name: one.name })}
          onClick={() => onToggle(one.id)}
        />
      )}
    </div>
  );
}
