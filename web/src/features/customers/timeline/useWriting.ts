import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import dayjs from "dayjs";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { recordFact, useRefreshCustomer } from "../api";
import { uploadFile, type Picked } from "../files/files";
import { Submission } from "../record/submission";
import { useNoteText } from "./NoteField";
import { writeNote, type Note } from "./notes";
import { subjectAndNote } from "./text";
import { useNotTold } from "./useNotTold";

export type Mode = "note" | "call" | "visit";

interface Given {
  picked: Picked[];
  setPicked: (change: (now: Picked[]) => Picked[]) => void;
}

/** What is written about a customer on its way to the server: the text first, then each file to where it belongs. */
export function useWriting(customerId: number, mode: Mode, { picked, setPicked }: Given) {
  const { t } = useTranslation("customers");
  const { message } = App.useApp();
  const refresh = useRefreshCustomer(customerId);
  const tellNotTold = useNotTold();
  const [submission, setSubmission] = useState(() => new Submission());
  const [sending, setSending] = useState<number | null>(null);
  const { text, setText, entered } = useNoteText();
  // A note whose files are still on their way, when one of them failed.
  const waiting = useRef<string | null>(null);
  const writeText = async (): Promise<{ to: string; note: Note | null }> => {
    const given = entered();
    let note: Note | null = null;
    if (mode === "note") note = await writeNote(customerId, given, submission.keyFor({ ...given }));
    else {
      const fact = { customer_id: customerId, kind: mode, ...subjectAndNote(given.text) };
      await recordFact("interactions", { ...fact, occurred_at: dayjs().format() }, submission.keyFor(fact));
    }
    setText("");
    setSubmission(new Submission());
    return { to: note ? `/notes/${note.id}` : `/customers/${customerId}`, note };
  };
  const saving = useMutation({
    mutationFn: async () => {
      const written = text.trim() ? await writeText() : null;
      const to = written?.to ?? waiting.current ?? `/customers/${customerId}`;
      waiting.current = to;
      for (const { key, file } of picked) {
        setSending(key);
        await uploadFile(to, file);
        setPicked((now) => now.filter((one) => one.key !== key));
      }
      waiting.current = null;
      return written?.note ?? null;
    },
    onSuccess: (note) => (note ? tellNotTold(note) : void message.success(t("notes.saved"))),
    onSettled: () => {
      setSending(null);
      refresh();
    },
  });
  const leaveOut = (key: number) => {
    if (picked.length === 1) waiting.current = null;
    setPicked((now) => now.filter((one) => one.key !== key));
    saving.reset();
  };
  const ready = (text.trim() !== "" || picked.length > 0) && !picked.some((one) => one.tooLarge);
  const submit = () => {
    if (ready && !saving.isPending) saving.mutate();
  };
  return { text, setText, ready, submit, leaveOut, sending, saving };
}
