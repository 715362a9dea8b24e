import { ArrowRightOutlined } from "@ant-design/icons";
import { Descriptions, Drawer, Grid, Skeleton } from "antd";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CustomerNoteSlot } from "@/shared/slots/customerNote";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { useCustomer, useFields, type CustomerDetail } from "../api";
import { useFieldWords } from "../edit/useFieldWords";
import { fieldValue } from "@/shared/table/fieldColumns";
import { Reveal } from "../masked/Reveal";
import { LatestEntries } from "../page/CustomerTimeline";
import styles from "./look.module.css";

interface Props {
  id: number | null;
  onClose: () => void;
}

/** A customer beside the list: who it is, what it is worth, what happened last. */
export function QuickLook({ id, onClose }: Props) {
  const { t } = useTranslation("customers");
  const phone = Grid.useBreakpoint().md === false;
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={phone ? "100%" : 440}
      mask={phone}
      title={t("look.title")}
      extra={id !== null && <Link to={`/customers/${id}`}>{t("look.open")} <ArrowRightOutlined /></Link>}
    >
      {id !== null && <Look key={id} id={id} />}
    </Drawer>
  );
}

function Look({ id }: { id: number }) {
  const { t } = useTranslation("customers");
  const customer = useCustomer(id);
  const Note = useContext(CustomerNoteSlot);
  return (
    <Loaded query={customer} waiting={<Skeleton active paragraph={{ rows: 10 }} />}>
      {(one) => (
        <>
          <h2 className={styles.name}>{one.name}</h2>
          <div className={styles.standing}>
            <GradeBadge grade={one.grade} size="large" override={one.override} computed={one.computed_grade} />
            <Score value={one.score} grade={one.grade} size="large" />
          </div>
          {Note && <Note customerId={id} />}
          <KeyFields customer={one} />
          <h3 className={styles.heading}>{t("timeline.title")}</h3>
          <LatestEntries customerId={id} />
        </>
      )}
    </Loaded>
  );
}

const ELSEWHERE = ["name", "grade", "computed_grade", "score", "score_as_of", "source_key", "source", "created_at"];

/** The filled fields, the listed ones first; a quick look has room for some. */
function KeyFields({ customer }: { customer: CustomerDetail }) {
  const fields = useFields("customers").data ?? [];
  const words = useFieldWords();
  const filled = fields.filter((field) => {
    const value = fieldValue(customer, field.code);
    return !ELSEWHERE.includes(field.code) && value !== null && value !== undefined && value !== "";
  });
  const shown = [...filled].sort((a, b) => Number(b.listed) - Number(a.listed)).slice(0, 12);
  return (
    <Descriptions
      size="small"
      column={1}
      styles={{ label: { flex: "none", width: 120 } }}
      items={shown.map((field) => ({ key: field.code, label: words.label(field.code), children: (
        <>
          {words.value(field.code, fieldValue(customer, field.code))}
          {field.access === "masked" && <> <Reveal of={words.label(field.code)} record={{ kind: "customers", id: customer.id }} has={(code) => code === field.code} /></>}
        </>
      ) }))}
    />
  );
}
