import { Skeleton, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams, useSearchParams } from "react-router";
import { FallingNote, useRelease } from "@/features/assignment";
import {
  StageBlock,
  AddressesBlock, ChannelsBlock, ContactsBlock, CustomerActions, CustomerDetails, CustomerFacts, CustomerTimeline, FillDialog, GroupBlock, IdentifiersBlock, MergedFrom, Neighbours, OwnersBlock, RecordDialog, RelationsBlock, TeamBlock, WhySeen, useContactsOf, useCustomer,
  type CustomerDetail,
} from "@/features/customers";
import { PersonPhoto } from "@/features/people";
import { ConsentBlock, ErasedNote, NeverNote } from "@/features/privacy";
import { QualityBlock } from "@/features/quality";
import { TreatmentBlock } from "@/features/treatment";
import { CustomerStanding, CustomerValue, useGroupValue } from "@/features/value";
import { LookedAtOnly } from "@/shared/session/LookedAtOnly";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton } from "@/shared/ui/states";
import { NotFoundPage } from "./NotFoundPage";
import styles from "./CustomerPage.module.css";

/** The customer at a glance: who it is, what it is worth and why, what happened. */
export function Component() {
  const id = Number(useParams().customerId);
  return Number.isSafeInteger(id) && id > 0 ? <Found id={id} /> : <NotFoundPage />;
}

function Found({ id }: { id: number }) {
  const customer = useCustomer(id);
  return (
    <Loaded query={customer} waiting={<Waiting />}>
      {(found) => {
        // The id of a merged customer leads to the one it became part of.
        if (found.id !== id) return <Navigate to={`/customers/${found.id}`} replace />;
        return (
          <LookedAtOnly key={id} when={Boolean(found.erased_at)}>
            <Page customer={found} />
          </LookedAtOnly>
        );
      }}
    </Loaded>
  );
}

function Page({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("app");
  const [filling, setFilling] = useState<string | null>(null);
  const [recording, setRecording] = useState<number | null>(null);
  const release = useRelease(customer);
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
            <CustomerActions customer={customer} further={release.actions} />
          </>
        }
      />
      <ErasedNote at={customer.erased_at} />
      <NeverNote customerId={customer.id} />
      <MergedFrom merged={customer.merged_from} />
      {customer.owner && <FallingNote customerId={customer.id} onRecord={setRecording} />}
      <div className={styles.standing}>
        <CustomerStanding customerId={customer.id} />
      </div>
      <div className={styles.page}>
        <Parts customer={customer} />
        <div className={styles.side}>
          <Panel title={t("customer.details")}>
            <CustomerDetails customer={customer} />
          </Panel>
          <TreatmentBlock customerId={customer.id} />
          <StageBlock customerId={customer.id} />
          <QualityBlock customerId={customer.id} onFill={customer.erased_at ? undefined : setFilling} />
          <Panel title={t("customer.timeline")}>
            <CustomerTimeline customerId={customer.id} />
          </Panel>
        </div>
      </div>
      {release.dialog}
      {recording !== null && <RecordDialog customerId={recording} kind="interactions" onClose={() => setRecording(null)} />}
      {filling && <FillDialog customerId={customer.id} code={filling} onClose={() => setFilling(null)} />}
    </>
  );
}

const TABS = ["value", "contacts", "records"] as const;

/** The three things people open a customer for, each on a tab that the address names. */
function Parts({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("app");
  const [params, setParams] = useSearchParams();
  const { id } = customer;
  return (
    <Tabs
      className={styles.parts}
      activeKey={TABS.find((tab) => tab === params.get("tab")) ?? "value"}
      onChange={(tab) => setParams(tab === "value" ? {} : { tab }, { replace: true })}
      items={[
        { key: "value", label: t("customer.tabs.value"), children: <CustomerValue customerId={id} /> },
        { key: "contacts", label: t("customer.tabs.contacts"), children: <Contacts customer={customer} /> },
        { key: "records", label: t("customer.facts"), children: <Panel><CustomerFacts customer={customer} /></Panel> },
      ]}
    />
  );
}

function Contacts({ customer }: { customer: CustomerDetail }) {
  const { id } = customer;
  const contacts = useContactsOf(id);
  return (
    <div className={styles.main}>
      <ContactsBlock customerId={id} />
      <div className={styles.blocks}>
        <ChannelsBlock customerId={id} />
        <AddressesBlock customerId={id} />
        <IdentifiersBlock customerId={id} />
        {customer.kind === "organisation" && <GroupOf customerId={id} />}
        <RelationsBlock customerId={id} />
        <TeamBlock customerId={id} photo={(person) => <PersonPhoto person={person} size={24} />} />
        <OwnersBlock customerId={id} />
      </div>
      <ConsentBlock customerId={id} contacts={contacts.data ?? []} />
    </div>
  );
}

function GroupOf({ customerId }: { customerId: number }) {
  const worth = useGroupValue(customerId);
  return <GroupBlock customerId={customerId} worth={worth.data} />;
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
