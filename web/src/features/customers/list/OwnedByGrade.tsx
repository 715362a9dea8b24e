import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { STANDINGS } from "@/shared/api/types";
import type { Condition } from "@/shared/filter/filter";
import { filterAddress } from "@/shared/filter/written";
import { useGroups } from "@/shared/list/useGrouping";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import { NumberText } from "@/shared/ui/values";
import styles from "../customers.module.css";

/** How many customers of each grade somebody has, of those the viewer sees; each number opens them. */
export function OwnedByGrade({ ownerId }: { ownerId: number }) {
  const { t } = useTranslation("customers");
  const owned: Condition = { field: "owner", op: "eq", value: ownerId };
  const groups = useGroups("/customers", ["customers", "list"], "grade", { filter: JSON.stringify({ all: [owned] }) });
  const counts = new Map(groups.data?.map((one) => [one.value, one.count]));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const address = (...further: Condition[]) => `/customers?filter=${filterAddress({ mode: "all", conditions: [owned, ...further] })}`;
  return (
    <Loaded query={groups} waiting={<Skeleton active paragraph={{ rows: 3 }} />}>
      {() => {
        if (all === 0) return <p className={styles.muted}>{t("owned.none")}</p>;
        return (
          <>
            <ul className={styles.grades}>
              {STANDINGS.filter((grade) => counts.get(grade)).map((grade) => (
                <li key={grade}>
                  <GradeBadge grade={grade} />
                  <Link to={address({ field: "grade", op: "in", value: [grade] })}><NumberText value={counts.get(grade)} /></Link>
                </li>
              ))}
            </ul>
            <Link to={address()}>{t("owned.all", { count: all })}</Link>
          </>
        );
      }}
    </Loaded>
  );
}
