import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import type { OverrideState } from "./api";
import { OverrideTable } from "./OverrideTable";

const SHOWN: Record<string, OverrideState[]> = { open: ["asked", "in_force"], past: ["declined", "withdrawn", "ended"] };

/** Every grade that counts by a colleague's decision, and every one that is asked for. */
export function Component() {
  const { t } = useTranslation("value");
  const [parameters, setParameters] = useSearchParams();
  const shown = parameters.get("show") === "past" ? "past" : "open";
  return (
    <>
      <PageHeader
        title={t("override.title")}
        about={t("override.page_about")}
        actions={
          <Segmented
            aria-label={t("override.show")}
            value={shown}
            onChange={(next) => setParameters(next === "past" ? { show: "past" } : {}, { replace: true })}
            options={[{ value: "open", label: t("override.open") }, { value: "past", label: t("override.past") }]}
          />
        }
      />
      <Panel>
        <OverrideTable states={SHOWN[shown]} />
      </Panel>
    </>
  );
}
