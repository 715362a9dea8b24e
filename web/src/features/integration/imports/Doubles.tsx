import { MergeCellsOutlined } from "@ant-design/icons";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDoubles, type Import } from "../api";
import styles from "../integration.module.css";

/** Customers the import made that may be there already, to be looked at side by side. */
export function Doubles({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  const set = one.undo?.change_set_id;
  const found = useDoubles(set, one.finished_at);
  const pairs = found.data?.items ?? [];
  if (pairs.length === 0) {
    return (
      <p className={styles.hint}>
        {t("import.doubles")} <Link to="/quality/duplicates">{t("import.doubles_link")}</Link>
      </p>
    );
  }
  return (
    <Alert
      type="warning"
      showIcon
      icon={<MergeCellsOutlined />}
      style={{ marginBottom: 16 }}
      title={t("import.doubles_found")}
      description={
        <>
          <ul className={styles.doubles}>
            {pairs.map((pair) => (
              <li key={pair.id}>
                {pair.customers.map((customer) => customer.name).join(" · ")} <Link to={`/customers/merge?ids=${pair.customers.map((customer) => customer.id).join(",")}`}>{t("import.compare")}</Link>
              </li>
            ))}
          </ul>
          {found.data?.next && <Link to="/quality/duplicates">{t("import.doubles_link")}</Link>}
        </>
      }
    />
  );
}
