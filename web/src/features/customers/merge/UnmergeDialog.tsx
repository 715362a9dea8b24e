import { useMutation } from "@tanstack/react-query";
import { Alert, Modal, Radio, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText } from "@/shared/table/fieldColumns";
import { FormError } from "@/shared/ui/FormError";
import { ErrorState } from "@/shared/ui/states";
import { useFocusBack } from "@/shared/ui/useFocusBack";
import { useDepartments, useFields, useOwners } from "../api";
import { PLACES, undoMerge, useMergedRefresh, useParting, type FieldBack, type Parting, type What } from "./api";
import { Counts } from "./MovingRows";
import styles from "./merge.module.css";

interface Props {
  mergeId: number;
  onClose: () => void;
  onDone?: () => void;
}

type Answers = Record<string, "keep" | "restore">;

/** Shows what goes back and what stays, asks about fields changed since, and takes the merge back. */
export function UnmergeDialog({ mergeId, onClose, onDone }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const parting = useParting(mergeId);
  const refresh = useMergedRefresh();
  useFocusBack();
  const [answers, setAnswers] = useState<Answers>({});
  const undoing = useMutation({
    mutationFn: () => undoMerge(mergeId, answers),
    onSuccess: () => {
      refresh();
      onDone?.();
      onClose();
    },
  });
  const blocked = parting.data?.undo_first ?? null;
  return (
    <Modal
      open
      width={640}
      title={parting.data && t(`merge.${parting.data.merge.what as What}.undo_title`)}
      okText={t("merge.undo")}
      cancelText={t("shared:action.cancel")}
      okButtonProps={{ disabled: !parting.data || blocked !== null, loading: undoing.isPending }}
      onOk={() => undoing.mutate()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {parting.error && <ErrorState error={parting.error} retry={() => void parting.refetch()} />}
      {parting.isPending && <Skeleton active />}
      {blocked !== null && (
        <Alert type="warning" showIcon title={t("merge.first")} action={<Link to={`/customers/merges/${blocked}`} onClick={onClose}>{t("merge.first_open")}</Link>} />
      )}
      {parting.data && blocked === null && <Outcome parting={parting.data} answers={answers} onAnswers={setAnswers} />}
      <FormError error={undoing.error} />
    </Modal>
  );
}

const PARTS = ["back", "restored", "followed", "staying", "elsewhere", "refused"] as const;

function Outcome({ parting, answers, onAnswers }: { parting: Parting; answers: Answers; onAnswers: (answers: Answers) => void }) {
  const { t } = useTranslation("customers");
  const conflicts = parting.fields.filter((one) => one.conflict);
  return (
    <div className={styles.page}>
      <p className={styles.plain}>{t(`merge.${parting.merge.what as What}.undo_about`, { count: parting.merge.merged.length, names: parting.merge.merged.map((one) => one.name).join(t("merge.join")) })}</p>
      {PARTS.filter((part) => parting[part].length > 0).map((part) => (
        <section key={part}>
          <h3 className={styles.heading}>{t(`merge.part.${part}`)}</h3>
          <Counts rows={parting[part]} />
        </section>
      ))}
      {conflicts.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t("merge.conflicts")}</h3>
          {conflicts.map((one) => (
            <Conflict key={one.code} what={parting.merge.what as What} one={one} answer={answers[one.code] ?? "keep"} onAnswer={(answer) => onAnswers({ ...answers, [one.code]: answer })} />
          ))}
        </section>
      )}
    </div>
  );
}

/** The declared field a column belongs to. */
const codeOf = (column: string) => ({ owner_id: "owner", department_id: "department" })[column] ?? column;

function Conflict({ what, one, answer, onAnswer }: { what: What; one: FieldBack; answer: "keep" | "restore"; onAnswer: (answer: "keep" | "restore") => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const format = useFormat();
  const fields = useFields(PLACES[what].fields);
  const owners = useOwners();
  const departments = useDepartments();
  const field = fields.data?.find((each) => each.code === codeOf(one.code)) ?? ({ code: one.code, type: "text", label: one.code, choices: null } as unknown as Field);
  const text = (value: unknown) => {
    const people = one.code === "owner_id" ? owners.data : one.code === "department_id" ? departments.data : undefined;
    const named = people?.find((each) => each.id === value);
    return fieldText(field, named ?? (Array.isArray(value) ? value.join(t("merge.join")) : value), format, label, { yes: t("shared:yes"), no: t("shared:no") });
  };
  return (
    <fieldset className={styles.conflict}>
      <legend>{label(field.label)}</legend>
      <Radio name={one.code} checked={answer === "keep"} onChange={() => onAnswer("keep")}>
        {t("merge.keep")}{text(one.present)}
      </Radio>
      <Radio name={one.code} checked={answer === "restore"} onChange={() => onAnswer("restore")}>
        {t("merge.restore")}{text(one.before)}
      </Radio>
    </fieldset>
  );
}
