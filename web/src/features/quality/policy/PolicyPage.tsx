import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { useOpenForm } from "@/shared/ui/openForms";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, TableSkeleton, useErrorText } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import styles from "../quality.module.css";
import { discardDraft, pointsOf, publish, saveDraft, usePolicy, useRefreshPolicy, useVersions, type Document, type Policy, type Version } from "./api";
import { ImportantFields } from "./ImportantFields";
import { Freshness, Weights, Words } from "./Numbers";
import { TryPanel } from "./TryPanel";

/** How records are judged: changed as a draft, tried on the customers there are, then published. */
export function Component() {
  const { t } = useTranslation("quality");
  const policy = usePolicy();
  const found = policy.data;
  return (
    <>
      <PageHeader title={t("setup.title")} about={t("setup.about")} />
      {policy.error && !found ? (
        <ErrorState error={policy.error} retry={() => void policy.refetch()} />
      ) : !found ? (
        <Panel><TableSkeleton rows={8} /></Panel>
      ) : (
        <Editor key={`${found.drafted_at ?? ""} ${found.current?.id ?? 0}`} policy={found} />
      )}
    </>
  );
}

function Editor({ policy }: { policy: Policy }) {
  const { t } = useTranslation("quality");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshPolicy();
  const [document, setDocument] = useState<Document>(policy.document);
  const [publishing, setPublishing] = useState(false);
  const save = useMutation({ mutationFn: () => saveDraft(document), onSuccess: () => { refresh(); void message.success(t("setup.saved")); }, onError: failed });
  const discard = useMutation({ mutationFn: discardDraft, onSuccess: refresh, onError: failed });
  const isChanged = JSON.stringify(document) !== JSON.stringify(policy.document);
  useOpenForm(isChanged);
  const isReady = pointsOf(document) === 100;
  const set = (changes: Partial<Document>) => setDocument({ ...document, ...changes });
  return (
    <Space orientation="vertical" size={16} style={{ width: "100%" }}>
      <Panel
        title={<InForce policy={policy} isChanged={isChanged} />}
        extra={
          <>
            {(policy.is_draft || isChanged) && <Button loading={discard.isPending} onClick={() => (policy.is_draft ? discard.mutate() : setDocument(policy.document))}>{t("setup.discard")}</Button>}
            <Button disabled={!isChanged || !isReady} loading={save.isPending} onClick={() => save.mutate()}>{t("setup.save")}</Button>
            <Button type="primary" disabled={!isReady || (!isChanged && !policy.is_draft)} onClick={() => setPublishing(true)}>{t("setup.publish")}</Button>
          </>
        }
      >
        <div className={styles.two}>
          <Weights document={document} set={set} />
          <Freshness document={document} set={set} />
        </div>
      </Panel>
      <Panel title={t("setup.important")}><ImportantFields document={document} set={set} /></Panel>
      <Panel title={t("setup.words")}><Words document={document} set={set} /></Panel>
      <TryPanel document={document} />
      <Panel title={t("setup.versions")}><Versions onTake={setDocument} /></Panel>
      {publishing && <PublishDialog document={document} isChanged={isChanged} onClose={() => setPublishing(false)} />}
    </Space>
  );
}

function InForce({ policy, isChanged }: { policy: Policy; isChanged: boolean }) {
  const { t } = useTranslation("quality");
  const { current } = policy;
  return (
    <Space size={8} wrap>
      {current ? <span>{t("setup.version", { number: current.number, name: current.published_by || t("setup.system") })} <DateTimeText value={current.published_at} /></span> : <span>{t("setup.never")}</span>}
      {(policy.is_draft || isChanged) && <Tag color={isChanged ? "warning" : undefined}>{isChanged ? t("setup.unsaved") : t("setup.draft", { name: policy.drafted_by || "–" })}</Tag>}
    </Space>
  );
}

function Versions({ onTake }: { onTake: (document: Document) => void }) {
  const { t } = useTranslation("quality");
  const versions = useVersions();
  if (versions.error && !versions.data) return <ErrorState error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <TableSkeleton rows={3} />;
  return (
    <ScrollTable<Version>
      aria-label={t("setup.versions")}
      size="small"
      rowKey="id"
      dataSource={versions.data}
      pagination={versions.data.length > 10 ? { pageSize: 10, size: "small" } : false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <EmptyState title={t("setup.no_versions")} /> }}
      columns={[
        { key: "number", title: t("setup.number"), render: (_, one) => one.number },
        { key: "at", title: t("setup.published_at"), render: (_, one) => <DateTimeText value={one.published_at} /> },
        { key: "by", title: t("setup.published_by"), render: (_, one) => one.published_by || t("setup.system") },
        { key: "note", title: t("setup.note"), render: (_, one) => one.note || t("setup.no_note") },
        { key: "take", title: "", align: "right", render: (_, one) => <Button size="small" onClick={() => onTake(one.document)}>{t("setup.take")}</Button> },
      ]}
    />
  );
}

function PublishDialog({ document, isChanged, onClose }: { document: Document; isChanged: boolean; onClose: () => void }) {
  const { t } = useTranslation("quality");
  const { message } = App.useApp();
  const errorText = useErrorText();
  const refresh = useRefreshPolicy();
  const [note, setNote] = useState("");
  const doing = useMutation({
    mutationFn: async () => {
      if (isChanged) await saveDraft(document);
      return publish(note);
    },
    onSuccess: (made) => { refresh(); onClose(); void message.success(t("setup.published", { number: made.current?.number })); },
    onError: (error) => void message.error(errorText(error)),
  });
  return (
    <Modal open title={t("setup.publish")} okText={t("setup.publish")} onOk={() => doing.mutate()} confirmLoading={doing.isPending} onCancel={onClose}>
      <p>{t("setup.publish_about")}</p>
      <Form.Item label={t("setup.note")} htmlFor="publish-note" layout="vertical"><Input id="publish-note" maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} /></Form.Item>
    </Modal>
  );
}
