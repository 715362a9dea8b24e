import { Button, Drawer, Select, Typography } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GRADES } from "@/shared/api/types";
import { Loaded } from "@/shared/ui/Loaded";
import { useGradeName } from "@/shared/ui/Grade";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import { UNKNOWN } from "@/shared/format/format";
import { useIndicatorLabel } from "../components/useIndicatorLabel";
import { useDifference, useVersion, useVersions } from "../api";
import type { Difference, ModelDocument, Version } from "../types";
import styles from "./model.module.css";
import { ScrollTable } from "@/shared/table/ScrollTable";

interface Props {
  model: number;
  open: boolean;
  onClose: () => void;
  onUse: (document: ModelDocument) => void;
}

/** The history of a model: what each version changed, by whom and why; an old one can be taken as the draft. */
export function VersionsDrawer({ model, open, onClose, onUse }: Props) {
  const { t } = useTranslation("value");
  const versions = useVersions(open ? model : undefined);
  return (
    <Drawer open={open} onClose={onClose} size={640} title={t("versions.title")}>
      <Loaded query={versions}>
        {(found) => <History versions={[...found].sort((a, b) => b.number - a.number)} onUse={onUse} />}
      </Loaded>
    </Drawer>
  );
}

function History({ versions, onUse }: { versions: Version[]; onUse: (document: ModelDocument) => void }) {
  const { t } = useTranslation("value");
  const [after, setAfter] = useState<number | null>(versions[0]?.id ?? null);
  const [before, setBefore] = useState<number | null>(versions[1]?.id ?? null);
  const chosen = useVersion(after);
  const options = versions.map((version) => ({ value: version.id, label: t("versions.number", { number: version.number }) }));
  return (
    <>
      <ul className={styles.versions}>
        {versions.map((version) => (
          <li key={version.id}>
            <Button
              type="link" size="small"
              onClick={() => {
                setAfter(version.id);
                setBefore(versions.find((one) => one.number === version.number - 1)?.id ?? null);
              }}
            >
              {t("versions.number", { number: version.number })}
            </Button>
            <span className={styles.muted}>
              <DateTimeText value={version.published_at ?? version.created_at} /> {version.by}
            </span>
            <div>{version.note || <span className={styles.muted}>{t("versions.no_note")}</span>}</div>
          </li>
        ))}
      </ul>
      <div className={styles.compare}>
        <Select aria-label={t("versions.before")} options={options} value={before} onChange={setBefore} popupMatchSelectWidth={false} placeholder={t("versions.before")} />
        <span aria-hidden>→</span>
        <Select aria-label={t("versions.after")} options={options} value={after} onChange={setAfter} popupMatchSelectWidth={false} />
        <Button disabled={!chosen.data} onClick={() => chosen.data && onUse(chosen.data.document)}>
          {t("versions.use")}
        </Button>
      </div>
      <Differences before={before} after={after} />
    </>
  );
}

const shown = (value: unknown) => (value === null || value === undefined ? UNKNOWN : typeof value === "object" ? JSON.stringify(value) : String(value));

const PROPERTIES: Record<string, string> = {
  weight: "indicator.weight", scale: "model.scale", better: "model.better", window_months: "model.window", missing: "model.missing",
  formula: "model.formula", steps: "model.steps", map: "model.map", lo: "model.lo", hi: "model.hi",
};

/** Where two versions differ, in words where the page has them. */
function usePlaceName(): (path: string) => ReactNode {
  const { t } = useTranslation("value");
  const indicatorName = useIndicatorLabel();
  const gradeName = useGradeName();
  return (path) => {
    const [, key, property] = /^indicator\.([^.]+)(?:\.(\w+))?$/.exec(path) ?? [];
    if (key && !property) return indicatorName(key);
    const word = PROPERTIES[property ?? ""];
    if (key && word) return `${indicatorName(key)} · ${t(word)}`;
    const grade = GRADES.find((one) => path === `bands.${one}`);
    return grade ? `${t("model.bands")} · ${gradeName(grade)}` : <code>{path}</code>;
  };
}

function Differences({ before, after }: { before: number | null; after: number | null }) {
  const { t } = useTranslation("value");
  const difference = useDifference(before, after);
  const placeName = usePlaceName();
  if (before === null || before === after) return <EmptyState title={t("versions.choose_two")} />;
  return (
    <Loaded query={difference} waiting={<TableSkeleton rows={4} />}>
      {(found) => (
        <ScrollTable<Difference>
          aria-label={t("versions.differences")}
          size="small"
          rowKey="path"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={found}
          locale={{ emptyText: t("versions.same") }}
          columns={[
            { title: t("versions.place"), key: "path", render: (_, one) => placeName(one.path) },
            { title: t("versions.before"), key: "before", render: (_, one) => <Typography.Text delete={one.before !== null}>{shown(one.before)}</Typography.Text> },
            { title: t("versions.after"), key: "after", render: (_, one) => shown(one.after) },
          ]}
        />
      )}
    </Loaded>
  );
}
