import { useMutation } from "@tanstack/react-query";
import { App, Button, Segmented, type MentionsRef } from "antd";
import dayjs from "dayjs";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/shared/keys/keys";
import { FormError } from "@/shared/ui/FormError";
import { recordFact, useRefreshCustomer } from "../api";
import { Submission } from "../record/submission";
import { NoteField, useNoteText } from "./NoteField";
import { writeNote, type Note } from "./notes";
import { subjectAndNote } from "./text";
import styles from "./timeline.module.css";
import { useNotTold } from "./useNotTold";

const MODES = ["note", "call", "visit"] as const;
type Mode = (typeof MODES)[number];

/** Writes a note, or what a call or visit just now was about, without leaving the timeline. */
export function Composer({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { message } = App.useApp();
  const refresh = useRefreshCustomer(customerId);
  const tellNotTold = useNotTold();
  const field = useRef<MentionsRef>(null);
  const [mode, setMode] = useState<Mode>("note");
  const [submission, setSubmission] = useState(() => new Submission());
  const { text, setText, entered } = useNoteText();
  const saving = useMutation({
    mutationFn: async (): Promise<Note | null> => {
      const given = entered();
      if (mode === "note") return writeNote(customerId, given, submission.keyFor({ ...given }));
      const fact = { customer_id: customerId, kind: mode, ...subjectAndNote(given.text) };
      await recordFact("interactions", { ...fact, occurred_at: dayjs().format() }, submission.keyFor(fact));
      return null;
    },
    onSuccess: (note) => {
      setText("");
      setSubmission(new Submission());
      refresh();
      if (note) tellNotTold(note);
      else void message.success(t("record.saved"));
    },
  });
  const submit = () => {
    if (text.trim() && !saving.isPending) saving.mutate();
  };
  useKeys([{ keys: ["n"], label: t("notes.write"), group: t("page.keys"), run: () => field.current?.focus() }]);
  return (
    <div className={styles.composer}>
      <Segmented<Mode> size="small" aria-label={t("notes.what")} value={mode} onChange={setMode} options={MODES.map((one) => ({ value: one, label: one === "note" ? t("timeline.note") : t(`interaction.${one}`) }))} />
      <NoteField fieldRef={field} value={text} onChange={setText} onSubmit={submit} label={mode === "note" ? t("notes.write") : t("notes.about")} />
      <FormError error={saving.error} />
      <div className={styles.send}>
        <span className={styles.hint}>{t("notes.hint")}</span>
        <Button size="small" type={text.trim() ? "primary" : "default"} disabled={!text.trim()} loading={saving.isPending} onClick={submit}>{t("shared:action.save")}</Button>
      </div>
    </div>
  );
}
