import { CloseOutlined, PushpinFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { DateTimeText } from "@/shared/ui/values";
import customers from "../customers.module.css";
import { FileList } from "../files/FileList";
import { NoteActions } from "./NoteActions";
import { useNote, usePinned, type Note } from "./notes";
import { NoteText } from "./NoteText";
import styles from "./timeline.module.css";

/** The note a notice led to, and the pinned ones. */
export function PinnedNotes({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const [address, setAddress] = useSearchParams();
  const number = Number(address.get("note"));
  const wanted = Number.isSafeInteger(number) && number > 0 ? number : null;
  const led = useNote(customerId, wanted);
  const pinned = (usePinned(customerId).data ?? []).filter((one) => one.id !== wanted);
  const close = () => setAddress((now) => { now.delete("note"); return now; }, { replace: true });
  const block = useRef<HTMLDivElement>(null);
  const found = led.data?.customer_id === customerId ? led.data : undefined;
  useEffect(() => {
    if (found) block.current?.scrollIntoView({ block: "center" });
  }, [found]);
  return (
    <>
      {wanted !== null && found && (
        <div ref={block} className={`${styles.pinned} ${styles.led}`}>
          <Head note={found} />
          <NoteText text={found.text} mentions={found.mentions} />
          <FileList customerId={customerId} files={found.files} />
          <Button size="small" type="text" icon={<CloseOutlined />} onClick={close}>{t("shared:action.close")}</Button>
        </div>
      )}
      {wanted !== null && led.error && <p className={customers.under}>{t("notes.gone")}</p>}
      {pinned.map((one) => (
        <div key={one.id} className={styles.pinned}>
          <Head note={one} />
          <NoteText text={one.text} mentions={one.mentions} />
          <FileList customerId={customerId} files={one.files} />
        </div>
      ))}
    </>
  );
}

function Head({ note }: { note: Note }) {
  const { t } = useTranslation("customers");
  return (
    <div className={customers.entry}>
      <span className={customers.under}>
        {note.pinned && <PushpinFilled aria-label={t("notes.pinned")} />} {note.by} · <DateTimeText value={note.at} />
      </span>
      <NoteActions customerId={note.customer_id} id={note.id} byId={note.by_id} pinned={note.pinned} />
    </div>
  );
}
