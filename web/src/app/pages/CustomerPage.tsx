import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { CustomerActions, CustomerDetails, CustomerFacts, CustomerTimeline, Neighbours, WhySeen, useCustomer, type CustomerDetail } from "@/features/customers";
import { CustomerStanding, CustomerValue } from "@/features/value";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, ErrorState } from "@/shared/ui/states";
import styles from "./CustomerPage.module.css";

/** The customer at a glance: who it is, what it is worth and why, what happened. */
export function Component() {
  const id = Number(useParams().customerId);
  const customer = useCustomer(id);
  if (customer.error && !customer.data) return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  if (!customer.data) return <Waiting />;
  return <Page key={id} customer={customer.data} />;
}

function Page({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("app");
  const owner = customer.owner ? t("customer.owner", { name: customer.owner.name }) : t("customer.no_owner");
  return (
    <>
      <PageHeader
        before={<Neighbours customerId={customer.id} />}
        title={customer.name}
        about={[owner, customer.department?.name].filter(Boolean).join(" · ")}
        actions={
          <>
            <WhySeen customerId={customer.id} />
            <CustomerActions customer={customer} />
          </>
        }
      />
      <div className={styles.standing}>
        <CustomerStanding customerId={customer.id} />
      </div>
      <div className={styles.page}>
        <div className={styles.main}>
          <CustomerValue customerId={customer.id} />
          <Panel title={t("customer.facts")}>
            <CustomerFacts customer={customer} />
          </Panel>
        </div>
        <div className={styles.side}>
          <Panel title={t("customer.details")}>
            <CustomerDetails customer={customer} />
          </Panel>
          <Panel title={t("customer.timeline")}>
            <CustomerTimeline customerId={customer.id} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Waiting() {
  return (
    <>
      <Skeleton active title={{ width: 320 }} paragraph={{ rows: 1 }} />
      <div className={styles.page}>
        <Panel>
          <ChartSkeleton height={320} />
        </Panel>
        <Panel>
          <Skeleton active paragraph={{ rows: 8 }} />
        </Panel>
      </div>
    </>
  );
}
