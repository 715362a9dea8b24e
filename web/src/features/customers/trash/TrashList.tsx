import { DeleteOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { NO_FILTER } from "@/shared/filter/filter";
import { UNKNOWN } from "@/shared/format/format";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { OnPhone } from "@/shared/table/OnPhone";
import { GradeBadge } from "@/shared/ui/Grade";
import { PageHeader } from "@/shared/ui/PageHeader";
import { DateText, DateTimeText } from "@/shared/ui/values";
import { useBulk } from "../bulk/useBulk";
import styles from "../customers.module.css";
import { TrashActions } from "./TrashActions";
import type { Trashed } from "./trashed";

const WIDTH = { name: 260, customer: 240, grade: 110, trashed_at: 190, trashed_by: 130 };

/** What was deleted and is not yet gone, of one type: filtered, sorted and arranged as one likes. */
export function TrashList({ type }: { type: Trashed["type"] }) {
  const { t } = useTranslation(["customers", "shared"]);
  const contacts = type === "contact";
  const grade = (row: Trashed) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const by = (row: Trashed) => (typeof row.trashed_by === "string" ? row.trashed_by : row.trashed_by?.name) ?? t("trash.system");
  const name = (row: Trashed) => <strong className={styles.what}>{row.name}</strong>;
  const purged = (row: Trashed) => <span className={styles.under}>{t("trash.purge_on")} <DateText value={row.purge_on} /></span>;
  return (
    <ArrangedList<Trashed>
      key={type}
      kind={contacts ? "contact_trash" : "trash"}
      path="/trash"
      counted
      grouped
      asked={{ type }}
      queryKey={["customers", "trash", type]}
      usualSort="-trashed_at"
      words={{ title: t("trash.title"), all: t("trash.all"), search: t("trash.search"), none: contacts ? t("trash.no_contacts") : t("trash.none"), noneWhy: t("trash.none_why"), notFound: t("trash.not_found") }}
      quick={contacts ? undefined : ["grade"]}
      icon={<DeleteOutlined style={{ fontSize: 40 }} />}
      header={({ count, tools }) => (
        <>
          <PageHeader title={t("trash.title")} count={count} about={t("trash.about")} actions={tools} />
          <Types type={type} />
        </>
      )}
      render={{
        name,
        grade,
        customer: (row) => (row.customer ? <Link to={`/customers/${row.customer.id}`}>{row.customer.name}</Link> : UNKNOWN),
        trashed_at: (row) => <><DateTimeText value={row.trashed_at} /><br />{purged(row)}</>,
        trashed_by: by,
      }}
      width={WIDTH}
      phone={[{
        key: "name", title: contacts ? t("contact.name") : t("list.customer"), responsive: ["xs", "sm"],
        render: (_, row) => (
          <>
            {name(row)}
            <OnPhone>{contacts ? row.customer?.name : grade(row)} {by(row)} <DateTimeText value={row.trashed_at} /></OnPhone>
            <OnPhone>{purged(row)}</OnPhone>
          </>
        ),
      }]}
      actions={{ key: "actions", title: <span className="visually-hidden">{t("trash.actions")}</span>, align: "right", width: 200, render: (_, row) => <TrashActions row={row} /> }}
      chosen={(choice) => <RestoreChosen type={type} ids={choice.selection.all ? choice.page : choice.selection.ids} onDone={choice.clear} />}
    />
  );
}

function Types({ type }: Pick<Trashed, "type">) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  return (
    <div className={styles.kinds}>
      <Segmented<Trashed["type"]>
        aria-label={t("trash.type")}
        value={type}
        options={[{ value: "customer", label: t("trash.customers") }, { value: "contact", label: t("trash.contacts") }]}
        onChange={(next) => void navigate(next === "contact" ? "/trash/contacts" : "/trash")}
      />
    </div>
  );
}

function RestoreChosen({ type, ids, onDone }: { type: Trashed["type"]; ids: number[]; onDone: () => void }) {
  const { t } = useTranslation("customers");
  const start = useBulk(type === "contact" ? "contacts" : "customers", { filter: NO_FILTER, q: "" });
  const restore = async () => {
    if (await start("restore", { ids, all: false }, ids.length)) onDone();
  };
  return <div className={styles.kinds}><Button icon={<RollbackOutlined />} onClick={() => void restore()}>{t("trash.restore_chosen", { count: ids.length })}</Button></div>;
}
