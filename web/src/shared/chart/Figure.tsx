import { MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GROUND } from "../theme/tokens";
import { useThemeMode } from "../theme/ThemeProvider";
import { savePng, saveSvg } from "./download";
import styles from "./Figure.module.css";
import { ScrollTable } from "../table/ScrollTable";

interface TableBehind {
  columns: { title: string; numeric?: boolean }[];
  rows: ReactNode[][];
}

interface Props {
  /** What the picture shows; its accessible name and the name of exported files. */
  label: string;
  title?: ReactNode;
  table: TableBehind;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A picture with the table behind it one click away, and its export as PNG and SVG. */
export function Figure({ label, title, table, extra, children, className }: Props) {
  const { t } = useTranslation("shared");
  const { mode } = useThemeMode();
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const ground = GROUND[mode].panel;
  const picture = () => body.current?.querySelector("svg") ?? null;
  const choose = (key: string) => {
    const svg = picture();
    if (key === "table") setAsTable(!asTable);
    else if (svg && key === "svg") saveSvg(svg, label, ground);
    else if (svg) void savePng(svg, label, ground);
  };
  const items = [
    { key: "table", label: t(asTable ? "chart.as_chart" : "chart.as_table") },
    ...(asTable ? [] : [{ key: "png", label: t("chart.png") }, { key: "svg", label: t("chart.svg") }]),
  ];
  return (
    <figure className={`${styles.figure} ${className ?? ""}`} aria-label={label}>
      <div className={styles.head}>
        {title ? <h2 className={styles.title}>{title}</h2> : <span />}
        <div className={styles.tools}>
          {extra}
          <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => choose(key) }}>
            <Button type="text" size="small" icon={<MoreOutlined />} aria-label={`${t("chart.menu")}: ${label}`} />
          </Dropdown>
        </div>
      </div>
      <div ref={body}>{asTable ? <BehindTable table={table} label={label} /> : children}</div>
    </figure>
  );
}

function BehindTable({ table, label }: { table: TableBehind; label: string }) {
  return (
    <ScrollTable
      size="small"
      aria-label={label}
      pagination={table.rows.length > 20 ? { pageSize: 20, size: "small" } : false}
      scroll={{ x: "max-content" }}
      columns={table.columns.map((column, index) => ({
        key: index,
        title: column.title,
        align: column.numeric ? ("right" as const) : undefined,
        render: (_: unknown, row: { cells: ReactNode[] }) => row.cells[index],
      }))}
      dataSource={table.rows.map((cells, key) => ({ key, cells }))}
    />
  );
}
