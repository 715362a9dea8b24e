import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader } from "@/shared/ui/PageHeader";
import { NoPermission } from "@/shared/ui/states";
import { usePreview } from "./api";
import { chosenIn, draftOf, wantedOf, type Draft } from "./draft";
import styles from "./handOver.module.css";
import { HandOverForm } from "./HandOverForm";
import { HandOverHistory } from "./HandOverHistory";
import { HandOverPreview } from "./HandOverPreview";

/** Many customers handed over at once: from whom, to whom, what it would mean, and what was handed over so far. */
export function Component() {
  const may = useCan(CAN.assign);
  return may ? <HandingOver /> : <NoPermission />;
}

function HandingOver() {
  const { t } = useTranslation("assignment");
  const { state } = useLocation();
  const [params] = useSearchParams();
  const chosen = chosenIn(state);
  const begin = () => draftOf(chosen, Number(params.get("from")) || null);
  const [draft, setDraft] = useState<Draft>(begin);
  const wanted = wantedOf(draft, chosen);
  const preview = usePreview(wanted);
  return (
    <>
      <PageHeader title={t("handing.title")} about={t("handing.about")} />
      <div className={styles.columns}>
        <HandOverForm draft={draft} chosen={chosen} onChange={setDraft} />
        <HandOverPreview wanted={wanted} preview={preview} onDone={() => setDraft(begin())} />
      </div>
      <HandOverHistory />
    </>
  );
}
