import { DeleteOutlined, EditOutlined, HistoryOutlined, MoreOutlined, PushpinOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Dropdown, Modal, Skeleton, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { FormError } from "@/shared/ui/FormError";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { useRefreshCustomer } from "../api";
import customers from "../customers.module.css";
import { NoteField, useColleagues, useNoteText } from "./NoteField";
import { changeNote, pinNote, restoreNote, trashNote, useNote, useNoteVersions, type Note } from "./notes";
import { NoteText } from "./NoteText";
import { mentionsIn } from "./text";
import { useNotTold } from "./useNotTold";

interface Props {
  customerId: number;
  id: number;
  byId: number | null;
  pinned: boolean;
}

/** What can be done with a note: pin, change, see earlier texts, throw away. */
export function NoteActions({ customerId, id, byId, pinned }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const me = useMe();
  const mayWrite = useCan(CAN.recordFacts);
  const mayDelete = useCan(CAN.delete);
  const mayChange = mayWrite && (mayDelete || byId === me.id);
  const [open, setOpen] = useState<"change" | "versions" | null>(null);
  const does = useDoing(customerId, id);
  const items = [
    ...(mayWrite ? [{ key: "pin", icon: <PushpinOutlined />, label: t(pinned ? "notes.unpin" : "notes.pin"), onClick: () => does.pin(!pinned) }] : []),
    ...(mayChange ? [{ key: "change", icon: <EditOutlined />, label: t("shared:action.edit"), onClick: () => setOpen("change") }] : []),
    { key: "versions", icon: <HistoryOutlined />, label: t("notes.versions"), onClick: () => setOpen("versions") },
    ...(mayChange ? [{ key: "delete", icon: <DeleteOutlined />, label: t("bulk.to_trash"), danger: true, onClick: does.trash }] : []),
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("shared:action.more")} />
      </Dropdown>
      {open === "change" && <ChangeDialog customerId={customerId} id={id} onClose={() => setOpen(null)} />}
      {open === "versions" && <VersionsDialog customerId={customerId} id={id} mayChange={mayChange} onClose={() => setOpen(null)} />}
    </>
  );
}

function useDoing(customerId: number, id: number) {
  const { t } = useTranslation(["customers", "shared"]);
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshCustomer(customerId);
  const restore = () => void restoreNote(id).then(() => { message.destroy(`note ${id}`); refresh(); }, failed);
  const trashed = () => {
    refresh();
    const undo = <Button type="link" size="small" onClick={restore}>{t("notes.undo")}</Button>;
    void message.open({ key: `note ${id}`, type: "success", duration: 8, content: <>{t("notes.trashed")} {undo}</> });
  };
  return {
    pin: (pinned: boolean) => void pinNote(id, pinned).then(refresh, failed),
    trash: () => void trashNote(id).then(trashed, failed),
  };
}

interface DialogProps {
  customerId: number;
  id: number;
  onClose: () => void;
}

function ChangeDialog(props: DialogProps) {
  const { t } = useTranslation("customers");
  const note = useNote(props.customerId, props.id);
  if (note.data) return <Change {...props} note={note.data} />;
  return (
    <Modal open title={t("notes.change")} footer={null} onCancel={props.onClose}>
      <Loaded query={note} waiting={<Skeleton active />}>{() => null}</Loaded>
    </Modal>
  );
}

function Change({ customerId, note, onClose }: DialogProps & { note: Note }) {
  const { t } = useTranslation(["customers", "shared"]);
  const [from] = useState(note);
  const { text, setText, entered } = useNoteText(from.text, from.mentions.map((one) => one.id));
  const refresh = useRefreshCustomer(customerId);
  const tellNotTold = useNotTold();
  const saving = useMutation({
    mutationFn: () => changeNote(from, entered()),
    onSuccess: (saved) => {
      refresh();
      tellNotTold(saved);
      onClose();
    },
  });
  return (
    <Modal open title={t("notes.change")} onCancel={onClose} mask={{ closable: false }} okText={t("shared:action.save")} cancelText={t("shared:action.cancel")} onOk={() => saving.mutate()} okButtonProps={{ loading: saving.isPending, disabled: !text.trim() }}>
      <NoteField autoFocus rows={5} value={text} onChange={setText} onSubmit={() => saving.mutate()} label={t("timeline.note")} />
      <FormError error={saving.error} />
    </Modal>
  );
}

function VersionsDialog({ customerId, id, mayChange, onClose }: DialogProps & { mayChange: boolean }) {
  const { t } = useTranslation("customers");
  const versions = useNoteVersions(customerId, id);
  const note = useNote(customerId, id).data;
  const putBack = usePutBack(customerId, note);
  const content = (one: { by: string; at: string; text: string }) => (
    <>
      <div className={customers.entry}>
        <span className={customers.under}>{one.by} · <DateTimeText value={one.at} /></span>
        {mayChange && note && one.text !== note.text && <Button type="link" size="small" loading={putBack.isPending && putBack.variables === one.text} onClick={() => putBack.mutate(one.text)}>{t("notes.put_back")}</Button>}
      </div>
      <NoteText text={one.text} mentions={[]} />
    </>
  );
  return (
    <Modal open title={t("notes.versions")} footer={null} onCancel={onClose}>
      <Loaded query={versions} waiting={<Skeleton active />}>
        {(found) => <Timeline items={found.map((one) => ({ key: one.at, content: content(one) }))} />}
      </Loaded>
    </Modal>
  );
}

/** Gives a note an earlier text again, as a change like any other. */
function usePutBack(customerId: number, note: Note | undefined) {
  const { t } = useTranslation("customers");
  const { message } = App.useApp();
  const people = useColleagues();
  const failed = useFailed();
  const refresh = useRefreshCustomer(customerId);
  const tellNotTold = useNotTold();
  return useMutation({
    mutationFn: (text: string) => (note ? changeNote(note, { text, mentions: mentionsIn(text, people, note.mentions.map((one) => one.id)) }) : Promise.reject(new Error("no note"))),
    onSuccess: (saved) => {
      refresh();
      tellNotTold(saved);
      void message.success(t("notes.saved"));
    },
    onError: failed,
  });
}
