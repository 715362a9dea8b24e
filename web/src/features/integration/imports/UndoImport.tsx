import { RollbackOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { get, post } from "@/shared/api/request";
import type { Job } from "@/shared/api/types";
import { watchJob } from "@/shared/jobs/watched";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useFailed } from "@/shared/ui/useFailed";
import { IMPORTS, type Import } from "../api";
import styles from "../integration.module.css";

/** Takes back everything an import did: what it made goes, what it overwrote comes back. */
export function UndoImport({ one }: { one: Import }) {
  const { t } = useTranslation(["integration", "shared"]);
  const { modal } = App.useApp();
  const client = useQueryClient();
  const failed = useFailed();
  const imports = useCan(CAN.importData);
  const edits = useCan(CAN.editCustomers);
  const refresh = () => {
    for (const key of [IMPORTS, ["changes"], ["customers"], ["value"]]) void client.invalidateQueries({ queryKey: key });
  };
  const undo = useMutation({
    mutationFn: async () => {
      const asked = await post<Import>(`/imports/${one.id}/undo`);
      return get<Job>(`/jobs/${asked.undo?.job_id}`);
    },
    onSuccess: (job) => {
      watchJob({ job, title: t("undo.working", { file: one.filename }), done: (result) => t("undo.took_back", { count: Number(result.undone ?? 0) }), onEnd: refresh });
      refresh();
    },
    onError: failed,
  });
  if (!imports || !edits || !one.undo?.can_undo) return null;
  const ask = () =>
    modal.confirm({
      title: t("undo.title", { file: one.filename }),
      content: t("undo.why", { count: one.undo?.rows ?? 0 }),
      okText: t("undo.do"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => undo.mutateAsync().catch(() => undefined),
    });
  return (
    <Button icon={<RollbackOutlined />} loading={undo.isPending} onClick={() => void ask()}>
      {t("undo.do")}
    </Button>
  );
}

/** That an import was taken back, or is being so; and where to see what stayed. */
export function UndoneNotice({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  const state = one.undo?.state;
  if (state === "undoing") return <Alert type="info" showIcon title={t("undo.undoing")} description={t("undo.leave")} />;
  if (state === "undone") return <Alert type="info" showIcon title={t("undo.undone")} description={t("undo.undone_why")} />;
  if (state !== "partly_undone") return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("undo.partly")}
      description={<>{t("undo.partly_why")} <Link to={`/changes?conflicts=${one.undo?.change_set_id}`} className={styles.seen}>{t("undo.conflicts")}</Link></>}
    />
  );
}
