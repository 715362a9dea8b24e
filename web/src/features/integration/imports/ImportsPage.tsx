import { ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Progress, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { UNKNOWN } from "@/shared/format/format";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { NumberText, RelativeTime } from "@/shared/ui/values";
import { isActive, useImports, type Import } from "../api";
import styles from "../integration.module.css";
import { percentOf } from "./progress";
import { StateTag } from "./StateTag";

/** All imports, newest first, with what became of them. */
export function Component() {
  const { t } = useTranslation("integration");
  const may = useCan(CAN.importData);
  const navigate = useNavigate();
  const imports = useImports();
  const all = imports.data?.pages.flatMap((page) => page.items);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/imports/new")}>
      {t("imports.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("imports.title")} about={t("imports.about")} actions={may && all?.length !== 0 && create} />
      <LoadedPages query={imports} none={<EmptyState title={t("imports.none")} why={t("imports.none_why")} icon={<ImportOutlined style={{ fontSize: 40 }} />} action={may && create} />}>
        {(all) => (
          <div className={styles.table}>
            <ImportTable imports={all} />
            <LoadMore query={imports} />
          </div>
        )}
      </LoadedPages>
    </>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  const { t } = useTranslation("integration");
  const figure = (key: "read" | "created" | "updated" | "bad") => ({
    key, title: t(`count.${key}`), align: "right" as const, responsive: ["md" as const], render: (_: unknown, one: Import) => <NumberText value={one[key]} />,
  });
  return (
    <Table<Import>
      size="middle"
      rowKey="id"
      dataSource={imports}
      pagination={false}
      columns={[
        {
          key: "file", title: t("imports.file"),
          render: (_, one) => (
            <>
              <Link to={`/imports/${one.id}`} className={styles.file}>
                {one.filename}
              </Link>{" "}
              {one.dry_run && <Tag>{t("imports.dry_run")}</Tag>}
              <span className={styles.hint}>
                {t(`kind.${one.kind}`)} · {one.source}
              </span>
            </>
          ),
        },
        {
          key: "state", title: t("imports.state"), width: 140,
          render: (_, one) => (isActive(one.state) ? <Progress percent={percentOf(one) ?? 0} size="small" status="active" aria-label={t("imports.progress", { file: one.filename })} /> : <StateTag state={one.state} />),
        },
        figure("read"), figure("created"), figure("updated"), figure("bad"),
        { key: "by", title: t("imports.by"), responsive: ["lg"], render: (_, one) => one.by?.name ?? UNKNOWN },
        { key: "started", title: t("imports.started"), responsive: ["sm"], render: (_, one) => <RelativeTime value={one.started_at} /> },
      ]}
    />
  );
}
