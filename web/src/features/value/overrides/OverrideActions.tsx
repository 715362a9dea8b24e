import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { useGradeName } from "@/shared/ui/Grade";
import { useFailed } from "@/shared/ui/useFailed";
import { decide, end, useRefreshGrades, type GradeOverride } from "./api";

/** What this person may do with an override: approve, decline, withdraw or end it. */
export function OverrideActions({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  const failed = useFailed();
  const name = useGradeName();
  const refresh = useRefreshGrades();
  const [open, setOpen] = useState<"decline" | "end" | null>(null);
  const approving = useMutation({ mutationFn: () => decide(one.id, true, ""), onError: failed, onSettled: refresh });
  const withdrawing = useMutation({ mutationFn: () => end(one.id, ""), onError: failed, onSettled: refresh });
  const named = { customer: one.customer.name, grade: name(one.grade) };
  return (
    <>
      <Space size={4} wrap>
        {one.may_decide && (
          <>
            <Button size="small" type="primary" aria-label={t("override.approve_of", named)} loading={approving.isPending} onClick={() => approving.mutate()}>{t("override.approve")}</Button>
            <Button size="small" aria-label={t("override.decline_of", named)} onClick={() => setOpen("decline")}>{t("override.decline")}</Button>
          </>
        )}
        {one.may_end && one.state === "asked" && (
          <Button size="small" aria-label={t("override.withdraw_of", named)} loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>{t("override.withdraw")}</Button>
        )}
        {one.may_end && one.state === "in_force" && (
          <Button size="small" aria-label={t("override.end_of", named)} onClick={() => setOpen("end")}>{t("override.end")}</Button>
        )}
      </Space>
      <FormDialog<{ answer: string }>
        open={open === "decline"}
        title={t("override.decline_of", named)}
        okText={t("override.decline")}
        save={({ answer }) => decide(one.id, false, answer)}
        onSaved={refresh}
        onClose={() => setOpen(null)}
      >
        <Words name="answer" label={t("override.decline_why")} />
      </FormDialog>
      <FormDialog<{ why: string }>
        open={open === "end"}
        title={t("override.end_of", named)}
        okText={t("override.end")}
        save={({ why }) => end(one.id, why)}
        onSaved={refresh}
        onClose={() => setOpen(null)}
      >
        <Words name="why" label={t("override.end_why")} />
      </FormDialog>
    </>
  );
}

export function Words({ name, label }: { name: string; label: string }) {
  const { t } = useTranslation("value");
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, whitespace: true, message: t("override.words_missing") }]}>
      <Input.TextArea autoFocus maxLength={400} autoSize={{ minRows: 2, maxRows: 5 }} />
    </Form.Item>
  );
}
