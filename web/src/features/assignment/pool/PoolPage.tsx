import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useNavigate, useSearchParams } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { useCapacities, useCapacity, type Held } from "./api";
import { FallingList } from "./FallingList";
import { FreeList } from "./FreeList";

/** The address of each tab; what a list shows stands behind it. */
const PLACES = { free: "/customers/pool", about: "/customers/pool/warnings", people: "/customers/pool?tab=people" };

/** The public pool: those free to claim, those about to fall back, and how much each colleague holds. */
export function PoolPage({ onRecord }: { onRecord: (customerId: number) => void }) {
  const { t } = useTranslation("assignment");
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const mayAssign = useCan(CAN.assign);
  const items = [
    { key: "free", label: t("pool.free"), children: <FreeList /> },
    { key: "about", label: t("pool.about_to_fall"), children: <FallingList onRecord={onRecord} /> },
    ...(mayAssign ? [{ key: "people", label: t("pool.people"), children: <People /> }] : []),
  ];
  // A tab that there is not, or not for this person, is the first.
  const asked = pathname === PLACES.about ? "about" : search.get("tab");
  const tab = items.find(({ key }) => key === asked)?.key ?? "free";
  if (tab === "about" && pathname !== PLACES.about) return <Navigate replace to={PLACES.about} />;
  return (
    <>
      <PageHeader title={t("pool.title")} about={t("pool.about")} actions={<MyCapacity />} />
      <Tabs activeKey={tab} onChange={(next) => void navigate(PLACES[next as keyof typeof PLACES], { replace: true })} items={items} destroyOnHidden />
    </>
  );
}

function MyCapacity() {
  const { t } = useTranslation("assignment");
  const { data } = useCapacity();
  if (!data) return null;
  const held = data.capacity === null ? t("pool.holding", { count: data.holdings }) : t("pool.holding_of", { count: data.holdings, most: data.capacity });
  const today = data.claims_per_day === null ? t("pool.claimed", { count: data.claimed_today }) : t("pool.claimed_of", { count: data.claimed_today, most: data.claims_per_day });
  return <span className={styles.muted}>{held} · {today}</span>;
}

function People() {
  const { t } = useTranslation("assignment");
  const people = useCapacities(true);
  return (
    <Loaded query={people} waiting={<TableSkeleton rows={6} />}>
      {(found) => (
        <div className={styles.boxed}>
          <ScrollTable<Held>
            aria-label={t("pool.people")}
            size="middle"
            rowKey="id"
            dataSource={found}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              { key: "name", title: t("pool.person"), render: (_, row) => row.name },
              { key: "department", title: t("pool.department"), responsive: ["md"], render: (_, row) => row.department ?? "–" },
              { key: "holdings", title: t("pool.holdings"), align: "right", render: (_, row) => <NumberText value={row.holdings} /> },
              { key: "capacity", title: t("pool.capacity"), align: "right", render: (_, row) => (row.capacity === null ? t("pool.unlimited") : <NumberText value={row.capacity} />) },
              { key: "claimed", title: t("pool.claimed_today"), align: "right", responsive: ["md"], render: (_, row) => <NumberText value={row.claimed_today} /> },
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}
