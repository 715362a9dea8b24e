import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Segmented, type MentionsRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/shared/keys/keys";
import { FormError } from "@/shared/ui/FormError";
import { accepted, useFileRules, type Picked } from "../files/files";
import { PickedFiles } from "../files/PickedFiles";
import { NoteField } from "./NoteField";
import styles from "./timeline.module.css";
import { useWriting, type Mode } from "./useWriting";

const MODES = ["note", "call", "visit"] as const;
const KEYS: Record<Mode, string> = { note: "n", call: "c", visit: "v" };

interface Props {
  customerId: number;
  picked: Picked[];
  setPicked: (change: (now: Picked[]) => Picked[]) => void;
  onFiles: (files: Iterable<File>) => void;
}

/** Writes a note, or what a call or visit just now was about, with files, without leaving the timeline. */
export function Composer({ customerId, picked, setPicked, onFiles }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const field = useRef<MentionsRef>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [mode, setMode] = useState<Mode>("note");
  const { text, setText, ready, submit, leaveOut, sending, saving } = useWriting(customerId, mode, { picked, setPicked });
  const rules = useFileRules().data;
  const label = (one: Mode) => (one === "note" ? t("timeline.note") : t(`interaction.${one}`));
  const start = (one: Mode) => {
    setMode(one);
    field.current?.focus();
  };
  useKeys([
    ...MODES.map((one) => ({ keys: [KEYS[one]], label: one === "note" ? t("notes.write") : t("notes.record", { kind: label(one) }), group: t("page.keys"), run: () => start(one) })),
    { keys: ["f"], label: t("files.add"), group: t("page.keys"), run: () => chooser.current?.click() },
  ]);
  return (
    <div className={styles.composer}>
      <Segmented<Mode> size="small" aria-label={t("notes.what")} value={mode} onChange={setMode} options={MODES.map((one) => ({ value: one, label: label(one) }))} />
      <NoteField fieldRef={field} value={text} onChange={setText} onSubmit={submit} label={mode === "note" ? t("notes.write") : t("notes.about")} />
      <PickedFiles picked={picked} sending={sending} onRemove={leaveOut} />
      <FormError error={saving.error} />
      <div className={styles.send}>
        <input
          ref={chooser} type="file" multiple hidden accept={accepted(rules)} aria-label={t("files.add")}
          onChange={({ target }) => {
            onFiles(target.files ?? []);
            target.value = "";
          }}
        />
        <Button size="small" icon={<PaperClipOutlined />} onClick={() => chooser.current?.click()}>{t("files.add")}</Button>
        <span className={styles.hint}>{t("notes.hint")}</span>
        <Button size="small" type={ready ? "primary" : "default"} disabled={!ready} loading={saving.isPending} onClick={submit}>{t("shared:action.save")}</Button>
      </div>
    </div>
  );
}
