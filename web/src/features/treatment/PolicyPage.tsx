import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Modal, Select, Space, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { get } from "@/shared/api/request";
import { STANDINGS, type Standing } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge, useGradeName } from "@/shared/ui/Grade";
import { useOpenForm } from "@/shared/ui/openForms";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { discardDraft, publish, saveDraft, usePolicies, useRefreshDuties, type Document, type Policy, type Terms } from "./api";
import { LoadPanel } from "./LoadPanel";
import styles from "./treatment.module.css";

const ROWS = ["visit_days", "contact_days", "answer_hours", "sponsor_days", "sponsor_roles", "discount_percent", "credit_days", "priority"] as const;
const MOST: Record<string, number> = { answer_hours: 720, discount_percent: 100, priority: 9 };

/** What each grade is owed: grades as columns, duties and terms as rows; tried before it is published. */
export function Component() {
  const { t } = useTranslation("treatment");
  const policies = usePolicies();
  const label = useLabel();
  const [params, setParams] = useSearchParams();
  const chosen = policies.data?.find((one) => String(one.model_id) === params.get("model")) ?? policies.data?.[0];
  return (
    <>
      <PageHeader title={t("policy.title")} about={t("policy.about")} />
      <Loaded query={policies} waiting={<Panel><TableSkeleton rows={8} /></Panel>}>
        {(found) =>
          !chosen ? (
            <Panel><EmptyState title={t("policy.no_model")} why={t("policy.no_model_why")} /></Panel>
          ) : (
            <>
              {found.length > 1 && (
                <div className={styles.bar}>
                  <Select aria-label={t("policy.model")} value={chosen.model_id} onChange={(id) => setParams({ model: String(id) }, { replace: true })} style={{ minWidth: 240 }} options={found.map((one) => ({ value: one.model_id, label: label(one.name) }))} />
                </div>
              )}
              <Editor key={`${chosen.model_id} ${chosen.drafted_at ?? ""} ${chosen.current?.id ?? 0}`} policy={chosen} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Editor({ policy }: { policy: Policy }) {
  const { t } = useTranslation("treatment");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshDuties();
  const [document, setDocument] = useState<Document>(policy.document);
  const [publishing, setPublishing] = useState(false);
  const save = useMutation({ mutationFn: () => saveDraft(policy.model_id, document), onSuccess: () => { refresh(); void message.success(t("policy.saved")); }, onError: failed });
  const discard = useMutation({ mutationFn: () => discardDraft(policy.model_id), onSuccess: refresh, onError: failed });
  const isChanged = JSON.stringify(document) !== JSON.stringify(policy.document);
  useOpenForm(isChanged);
  const set = (grade: string, changes: Partial<Terms>) =>
    setDocument({ ...document, grades: { ...document.grades, [grade]: { ...document.grades[grade], ...changes } as Terms } });
  return (
    <Space orientation="vertical" size={16} style={{ width: "100%" }}>
      <Panel
        title={<InForce policy={policy} isChanged={isChanged} />}
        extra={
          <>
            {(policy.is_draft || isChanged) && <Button loading={discard.isPending} onClick={() => (policy.is_draft ? discard.mutate() : setDocument(policy.document))}>{t("policy.discard")}</Button>}
            <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>{t("policy.save")}</Button>
            <Button type="primary" disabled={!isChanged && !policy.is_draft && policy.current !== null} onClick={() => setPublishing(true)}>{t("policy.publish")}</Button>
          </>
        }
      >
        <Grid document={document} set={set} />
        <Form.Item label={t("policy.escalate")} htmlFor="escalate" style={{ margin: "16px 0 0" }} extra={t("policy.escalate_about")}>
          <InputNumber id="escalate" min={1} max={365} precision={0} value={document.escalate_after_days} onChange={(value) => value && setDocument({ ...document, escalate_after_days: value })} suffix={t("policy.days")} className={styles.cell} />
        </Form.Item>
      </Panel>
      <LoadPanel modelId={policy.model_id} document={document} />
      {publishing && <PublishDialog policy={policy} document={document} isChanged={isChanged} onClose={() => setPublishing(false)} />}
    </Space>
  );
}

function InForce({ policy, isChanged }: { policy: Policy; isChanged: boolean }) {
  const { t } = useTranslation("treatment");
  const { current } = policy;
  return (
    <Space size={8} wrap>
      {current ? <span>{t("policy.version", { number: current.number, name: current.published_by || t("policy.system") })} <DateTimeText value={current.published_at} /></span> : <span>{t("policy.never")}</span>}
      {(policy.is_draft || isChanged) && <Tag color={isChanged ? "warning" : undefined}>{isChanged ? t("policy.unsaved") : t("policy.draft", { name: policy.drafted_by || "–" })}</Tag>}
    </Space>
  );
}

function Grid({ document, set }: { document: Document; set: (grade: string, changes: Partial<Terms>) => void }) {
  const { t } = useTranslation("treatment");
  const gradeName = useGradeName();
  const label = useLabel();
  const roles = useQuery({ queryKey: ["people", "roles"], queryFn: () => get<{ code: string; label: { en: string; zh: string } }[]>("/roles"), staleTime: 60_000 });
  const options = (roles.data ?? []).map((one) => ({ value: one.code, label: label(one.label) }));
  const cell = (row: (typeof ROWS)[number], grade: Standing) => {
    const terms = document.grades[grade];
    const name = `${t(`terms.${row}`)} · ${gradeName(grade)}`;
    if (row === "sponsor_roles")
      return <Select mode="multiple" aria-label={name} className={styles.roles} value={terms?.sponsor_roles ?? []} options={options} onChange={(value: string[]) => set(grade, { sponsor_roles: value })} maxTagCount="responsive" />;
    const value = terms?.[row];
    return (
      <InputNumber
        aria-label={name}
        className={styles.cell}
        min={row === "discount_percent" || row === "credit_days" ? 0 : 1}
        max={MOST[row] ?? 1830}
        precision={row === "discount_percent" ? 2 : 0}
        value={value == null ? null : Number(value)}
        placeholder="–"
        onChange={(entered) => set(grade, { [row]: entered === null ? null : row === "discount_percent" ? String(entered) : entered })}
      />
    );
  };
  return (
    <ScrollTable<{ row: (typeof ROWS)[number] }>
      aria-label={t("policy.title")}
      size="small"
      rowKey="row"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={ROWS.map((row) => ({ row }))}
      columns={[
        { key: "row", title: t("policy.owed"), render: (_, { row }) => <div className={styles.owed}><div>{t(`terms.${row}`)}</div><small className={styles.muted}>{t(`terms_about.${row}`)}</small></div> },
        ...STANDINGS.map((grade) => ({ key: grade, title: <GradeBadge grade={grade} />, render: (_: unknown, { row }: { row: (typeof ROWS)[number] }) => cell(row, grade) })),
      ]}
    />
  );
}

function PublishDialog({ policy, document, isChanged, onClose }: { policy: Policy; document: Document; isChanged: boolean; onClose: () => void }) {
  const { t } = useTranslation("treatment");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshDuties();
  const format = useFormat();
  const [note, setNote] = useState("");
  const doing = useMutation({
    mutationFn: async () => {
      if (isChanged || !policy.is_draft) await saveDraft(policy.model_id, document);
      return publish(policy.model_id, note);
    },
    onSuccess: (made) => { refresh(); onClose(); void message.success(t("policy.published", { number: format.number(made.current?.number) })); },
    onError: failed,
  });
  return (
    <Modal open title={t("policy.publish")} okText={t("policy.publish")} onOk={() => doing.mutate()} confirmLoading={doing.isPending} onCancel={onClose}>
      <p>{t("policy.publish_about")}</p>
      <Form.Item label={t("policy.note")} htmlFor="publish-note" layout="vertical"><Input id="publish-note" maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} /></Form.Item>
    </Modal>
  );
}
