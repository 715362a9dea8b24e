import { useMutation } from "@tanstack/react-query";
import { Button, Grid } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { sortComplaints } from "@/shared/ui/FormDialog";
import { FormError } from "@/shared/ui/FormError";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { EmptyState, ErrorState, NoPermission, TableSkeleton, useDetailText } from "@/shared/ui/states";
import { useQuestions } from "../edit/useQuestions";
import { mergeRecords, PLACES, useMergedRefresh, useMergePreview, type Choices, type MergePreview, type What } from "./api";
import { idsOf, ownOf, sentOf } from "./choices";
import { FieldChoices } from "./FieldChoices";
import { MovingRows } from "./MovingRows";
import styles from "./merge.module.css";

/** Customers side by side: which stays, and which value of each field. */
export function Component() {
  return <MergePage what="customer" />;
}

/** The same of whatever can be merged. */
export function MergePage({ what }: { what: What }) {
  const { t } = useTranslation("customers");
  const [query] = useSearchParams();
  const ids = idsOf(query.get("ids"));
  const [survivor, setSurvivor] = useState<number | null>(null);
  const may = useCan(CAN.merge);
  const preview = useMergePreview(what, may ? ids : [], survivor);
  if (!may) return <NoPermission />;
  if (ids.length < 2)
    return (
      <>
        <PageHeader title={t(`merge.${what}.title`)} />
        <EmptyState title={t(`merge.${what}.too_few`)} why={t(`merge.${what}.too_few_why`)} action={<Link to={PLACES[what].list}>{t(`merge.${what}.to_list`)}</Link>} />
      </>
    );
  if (preview.error && !preview.data) return <ErrorState error={preview.error} retry={() => void preview.refetch()} />;
  return (
    <>
      <PageHeader title={t(`merge.${what}.title`)} count={ids.length} about={t(`merge.${what}.about`)} />
      {preview.data ? <Merging key={ids.join()} what={what} preview={preview.data} onSurvivor={setSurvivor} /> : <Panel><TableSkeleton /></Panel>}
    </>
  );
}

function Merging({ what, preview, onSurvivor }: { what: What; preview: MergePreview; onSurvivor: (id: number) => void }) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const refresh = useMergedRefresh();
  const wide = Grid.useBreakpoint().md ?? true;
  const [choices, setChoices] = useState<Choices>({});
  const ids = preview.records.map((one) => one.id);
  const versions = Object.fromEntries(preview.records.map((one) => [one.id, one.version]));
  const throughQuestions = useQuestions();
  const text = useDetailText();
  const merging = useMutation({
    mutationFn: () => throughQuestions((accepted) => mergeRecords(what, { survivor_id: preview.survivor_id, ids, choices: sentOf(preview.fields, choices), versions, ...accepted })),
    onSuccess: (merge) => {
      refresh();
      void navigate(`/customers/merges/${merge.id}`, { replace: true });
    },
  });
  const name = preview.records.find((one) => one.id === preview.survivor_id)?.name ?? "";
  const { atFields, rest } = sortComplaints(merging.error, new Set(Object.keys(choices).filter((code) => ownOf(code, choices)).map((code) => (code === "owner" ? "owner_id" : code))));
  const wrong = Object.fromEntries(atFields.map(({ detail }) => [detail.where === "owner_id" ? "owner" : detail.where, text(detail)]));
  return (
    <div className={styles.page}>
      <Panel>
        <FieldChoices what={what} preview={preview} choices={choices} onChoices={setChoices} onSurvivor={onSurvivor} wrong={wrong} wide={wide} />
      </Panel>
      <Panel title={t("merge.moves")}>
        <MovingRows preview={preview} />
      </Panel>
      <div className={styles.bar}>
        <div className={styles.error}><FormError error={rest} /></div>
        <span className={styles.into}>{t("merge.into", { name })}</span>
        <Button onClick={() => void navigate(-1)}>{t("merge.cancel")}</Button>
        <Button type="primary" loading={merging.isPending} onClick={() => merging.mutate()}>
          {t(`merge.${what}.do`, { count: ids.length })}
        </Button>
      </div>
    </div>
  );
}
