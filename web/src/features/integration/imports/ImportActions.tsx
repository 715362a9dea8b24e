import { DownloadOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { apiUrl } from "@/shared/api/request";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useFailed } from "@/shared/ui/useFailed";
import { isActive, useCancel, useResume, useStartImport, type Import } from "../api";
import { isKnown, forgetDraft, requestOf, type Draft } from "../wizard/draft";
import { UndoImport } from "./UndoImport";

/** Where what came in is looked at. */
const NEXT = {
  customers: { to: "/customers", label: "import.customers" },
  contacts: { to: "/contacts", label: "import.contacts" },
  products: { to: "/imports", label: "imports.title" },
} as const;

/** What can be done with an import as it stands: cancel, resume, the bad rows, and on to the next page. */
export function ImportActions({ one, draft }: { one: Import; draft: Draft | null }) {
  const { t } = useTranslation("integration");
  const navigate = useNavigate();
  const failed = useFailed();
  const may = useCan(CAN.importData);
  const cancel = useCancel();
  const resume = useResume();
  const start = useStartImport();
  const runNow = () =>
    draft && isKnown(draft) &&
    // eslint-disable-next-line house/no-callbacks-of-mutate -- who left the page meanwhile is not taken from where they are
    start.mutate({ ...requestOf(draft), dry_run: false }, {
      onSuccess: (made) => void navigate(`/imports/${made.id}?upload=${draft.upload.upload_id}`),
      onError: failed,
    });
  const next = NEXT[one.kind as keyof typeof NEXT] ?? NEXT.customers;
  const badRows = one.bad > 0 && !isActive(one.state) && (
    <Button icon={<DownloadOutlined />} href={one.bad_rows_url ?? apiUrl(`/imports/${one.id}/bad-rows`)} download>
      {t("import.bad_rows")}
    </Button>
  );
  if (isActive(one.state) && !one.resumable) {
    return may ? (
      <Popconfirm title={t("import.cancel_title")} description={t("import.cancel_why")} okText={t("import.cancel")} onConfirm={() => void cancel.mutateAsync(one.id).catch(failed)}>
        <Button danger loading={cancel.isPending}>
          {t("import.cancel")}
        </Button>
      </Popconfirm>
    ) : null;
  }
  return (
    <>
      <UndoImport one={one} />
      {badRows}
      {draft && (one.dry_run || one.state !== "done") && (
        <Button onClick={() => void navigate(`/imports/new?upload=${draft.upload.upload_id}&step=check`)}>{t("import.back")}</Button>
      )}
      {may && one.dry_run && draft && (
        <Button type="primary" loading={start.isPending} onClick={runNow}>
          {t("check.run")}
        </Button>
      )}
      {may && one.resumable && (
        <Button type="primary" loading={resume.isPending} onClick={() => void resume.mutateAsync(one.id).catch(failed)}>
          {t("import.resume")}
        </Button>
      )}
      {!one.dry_run && one.state === "done" && (
        <>
          <Button onClick={() => void navigate("/imports/new")}>{t("import.another")}</Button>
          <Button
            type="primary"
            onClick={() => {
              if (draft) forgetDraft(draft.upload.upload_id);
              void navigate(next.to);
            }}
          >
            {t(next.label)}
          </Button>
        </>
      )}
    </>
  );
}
