import { Alert, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { Failure } from "@/shared/ui/Failure";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { isActive, useImport, type Import } from "../api";
import { findDraft } from "../wizard/draft";
import { WizardSteps } from "../wizard/WizardSteps";
import { BadRows } from "./BadRows";
import { ImportActions } from "./ImportActions";
import { ImportResult } from "./ImportResult";
import { Running } from "./Running";
import { StateTag } from "./StateTag";
import { UndoneNotice } from "./UndoImport";

/** One import: its progress while it runs, then what became of every row. Can be left at any time. */
export function Component() {
  const { importId } = useParams();
  const found = useImport(Number(importId));
  const [params] = useSearchParams();
  const draft = findDraft(params.get("upload"));
  const { t } = useTranslation("integration");
  return (
    <Loaded query={found} waiting={<Skeleton active paragraph={{ rows: 8 }} />}>
      {(one) => (
        <>
          <PageHeader
            title={one.filename}
            about={<>{t(`kind.${one.kind}`)} · {one.source} {one.dry_run && `· ${t("imports.dry_run")}`}</>}
            count={<StateTag state={one.state} />}
            actions={<ImportActions one={one} draft={draft} />}
          />
          {draft && <WizardSteps current="run" status={one.state === "failed" ? "error" : one.state === "done" ? "finish" : "process"} />}
          <Panel>
            {isActive(one.state) && !one.resumable ? <Running one={one} /> : one.undo && one.undo.state !== "done" ? <UndoneNotice one={one} /> : <Ended one={one} />}
            <ImportResult one={one} />
            {one.bad > 0 && !one.dry_run && !isActive(one.state) && <BadRows one={one} />}
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function Ended({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  if (one.state === "failed" || one.state === "running") return <Alert type="error" showIcon title={t("import.failed")} description={<>{one.state === "failed" && <Failure of={one} />} {t("import.failed_safe")}</>} />;
  if (one.state === "cancelled") return <Alert type="info" showIcon title={t("import.cancelled")} description={t("import.cancelled_safe")} />;
  if (one.dry_run) return <Alert type="info" showIcon title={t("import.dry_done")} description={t("import.dry_safe")} />;
  if (one.bad > 0) return <Alert type="warning" showIcon title={t("import.done_bad")} description={t("import.done_bad_why")} />;
  return <Alert type="success" showIcon title={t("import.done")} description={t("import.done_why")} />;
}
