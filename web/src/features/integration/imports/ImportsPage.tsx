import { ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { PageHeader } from "@/shared/ui/PageHeader";
import { NumberText, RelativeTime } from "@/shared/ui/values";
import { IMPORTS, isActive, type Import } from "../api";
import styles from "../integration.module.css";
import { percentOf } from "./progress";
import { StateTag } from "./StateTag";

const WIDTH = { name: 230, kind: 120, source: 110, state: 120, read: 80, created: 90, updated: 90, unchanged: 100, bad: 70, by: 110, asked_at: 120, finished_at: 170 };

/** All imports, newest first, with what became of them. */
export function Component() {
  const { t } = useTranslation("integration");
  const may = useCan(CAN.importData);
  const navigate = useNavigate();
  const begin = () => void navigate("/imports/new");
  return (
    <ArrangedList<Import>
      kind="imports"
      path="/imports"
      counted
      grouped
      queryKey={IMPORTS}
      usualSort="-asked_at"
      words={{ title: t("imports.title"), all: t("imports.all"), search: t("imports.search"), none: t("imports.none"), noneWhy: t("imports.none_why"), notFound: t("imports.not_found") }}
      quick={["kind", "state"]}
      icon={<ImportOutlined style={{ fontSize: 40 }} />}
      header={({ count, tools }) => (
        <PageHeader
          title={t("imports.title")}
          about={t("imports.about")}
          count={count}
          actions={<>{tools}{may && <Button type="primary" icon={<PlusOutlined />} onClick={begin}>{t("imports.new")}</Button>}</>}
        />
      )}
      render={{
        name: (one) => <File one={one} />,
        state: (one) => <State one={one} />,
        asked_at: (one) => <RelativeTime value={one.asked_at} />,
        undo: (one) => one.undo && t(`undo.state.${one.undo.state as "done"}`),
      }}
      width={WIDTH}
      phone={[{
        key: "name", title: t("imports.file"), responsive: ["xs", "sm"],
        render: (_, one) => (
          <>
            <File one={one} />
            <OnPhone>{t(`kind.${one.kind}`)} · {one.source} <RelativeTime value={one.asked_at} /></OnPhone>
            <OnPhone><State one={one} /> {t("count.read")} <NumberText value={one.read} /> {one.bad > 0 && <>{t("count.bad")} <NumberText value={one.bad} /></>}</OnPhone>
          </>
        ),
      }]}
      open={(one) => void navigate(`/imports/${one.id}`)}
      create={may ? { label: t("imports.new"), run: begin } : undefined}
    />
  );
}

function File({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  return (
    <>
      <Link to={`/imports/${one.id}`} className={styles.file}>{one.filename}</Link> {one.dry_run && <Tag>{t("imports.dry_run")}</Tag>}
    </>
  );
}

function State({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  if (!isActive(one.state)) return <StateTag state={one.state} />;
  return <Progress percent={percentOf(one) ?? 0} size="small" status="active" aria-label={t("imports.progress", { file: one.filename })} />;
}
