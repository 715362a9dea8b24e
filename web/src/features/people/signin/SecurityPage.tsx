import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { TableSkeleton } from "@/shared/ui/states";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";
import { useSecurity } from "./api";
import styles from "./signin.module.css";

/** One's own door: the second factor, and where one is signed in. */
export function Component() {
  const { t } = useTranslation("people");
  const me = useMe();
  const security = useSecurity();
  const must = me.must?.includes("second_factor") ?? false;
  return (
    <>
      <PageHeader title={t("security.title")} about={me.username} />
      {must && <Alert type="warning" showIcon title={t("security.must")} description={t("security.must_why")} className={styles.must} />}
      <div className={styles.columns}>
        <Panel title={t("security.factor")}>
          <Loaded query={security} waiting={<TableSkeleton rows={3} />}>
            {(found) => <SecondFactor security={found} />}
          </Loaded>
        </Panel>
        <Panel title={t("security.sessions")}>
          <Sessions userId={null} />
        </Panel>
      </div>
    </>
  );
}
