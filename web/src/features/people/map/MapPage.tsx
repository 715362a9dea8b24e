import { ExpandOutlined, ShrinkOutlined, ZoomInOutlined, ZoomOutOutlined } from "@ant-design/icons";
import { Button, Input, Space, Tooltip } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { useLanguage } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState, TableSkeleton } from "@/shared/ui/states";
import { toTree } from "@/shared/ui/tree";
import { NumberText } from "@/shared/ui/values";
import { LeftBehind } from "../duties/LeftBehind";
import { useFound, useMap, usePeopleOf, type PeopleMap } from "./api";
import { OrgChart } from "./OrgChart";
import { openAll, openAtFirst } from "./org";
import { PersonCards } from "./PersonCards";
import styles from "./map.module.css";

const NOWHERE = "none";
const ZOOMS = [0.5, 0.65, 0.8, 1, 1.2];

/** Everybody: the tree of departments as a map, who works where, and who does what. */
export function Component() {
  const { t } = useTranslation("people");
  const me = useMe();
  const map = useMap();
  const [params, setParams] = useSearchParams();
  const put = (name: string, value: string) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    }, { replace: true });
  const q = params.get("q") ?? "";
  const found = map.data;
  const everybody = found && found.without_department + found.departments.reduce((sum, one) => sum + one.members, 0);
  return (
    <>
      <PageHeader
        title={t("map.title")}
        count={everybody !== undefined && <NumberText value={everybody} />}
        about={t("map.about")}
        actions={<Link to={`/people/${me.id}`}>{t("map.my_card")}</Link>}
      />
      <LeftBehind />
      <div className={styles.bar} role="search" aria-label={t("map.search")}>
        <Input.Search allowClear className={styles.search} aria-label={t("map.search")} placeholder={t("map.search_hint")} value={q} maxLength={100} onChange={(event) => put("q", event.target.value)} />
      </div>
      <Loaded query={map} waiting={<Panel><ChartSkeleton height={320} /></Panel>}>
        {(found) =>
          q.trim() ? (
            <Found q={q.trim()} />
          ) : (
            <Departments map={found} chosen={params.get("department")} onChoose={(id) => put("department", id)} />
          )
        }
      </Loaded>
    </>
  );
}

function Found({ q }: { q: string }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const asked = useDeferredValue(q);
  const found = useFound(asked);
  return (
    <Loaded query={found}>
      {(known) => {
        const people = known.items;
        if (people.length === 0) return <Panel><EmptyState title={t("map.nobody_found")} why={t("map.nobody_found_why")} /></Panel>;
        return (
          <section aria-live="polite" aria-busy={found.isFetching}>
            <p className={styles.sub}>{t("map.people", { count: people.length, number: format.number(people.length) })}</p>
            <PersonCards people={people} />
          </section>
        );
      }}
    </Loaded>
  );
}

function Departments({ map, chosen, onChoose }: { map: PeopleMap; chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const mayManage = useCan(CAN.managePeople);
  const roots = useMemo(() => toTree(map.departments, language), [map.departments, language]);
  const [open, setOpen] = useState<Set<number> | null>(null);
  const [zoom, setZoom] = useState(3);
  const shown = open ?? openAtFirst(roots);
  const toggle = (id: number) => setOpen(new Set(shown.has(id) ? [...shown].filter((one) => one !== id) : [...shown, id]));
  const department = map.departments.find((one) => String(one.id) === chosen) ?? (chosen === NOWHERE ? null : roots[0] ?? null);
  if (roots.length === 0) {
    return (
      <>
        <Panel className={styles.chart}><EmptyState title={t("department.none")} why={t("map.none_why")} action={mayManage && <Link to="/people/departments">{t("department.title")}</Link>} /></Panel>
        <People departmentId={null} title={t("map.without_department")} />
      </>
    );
  }
  const tool = (label: string, icon: React.ReactNode, onClick: () => void, disabled = false) => (
    <Tooltip title={label}>
      <Button size="small" type="text" icon={icon} aria-label={label} disabled={disabled} onClick={onClick} />
    </Tooltip>
  );
  return (
    <>
      <Panel
        className={styles.chart}
        extra={
          <Space size={4} wrap>
            {tool(t("map.open_all"), <ExpandOutlined />, () => setOpen(openAll(roots)))}
            {tool(t("map.close_all"), <ShrinkOutlined />, () => setOpen(new Set()))}
            <span className={styles.zooms}>
              {tool(t("map.zoom_out"), <ZoomOutOutlined />, () => setZoom(zoom - 1), zoom === 0)}
              {tool(t("map.zoom_in"), <ZoomInOutlined />, () => setZoom(zoom + 1), zoom === ZOOMS.length - 1)}
            </span>
            {map.without_department > 0 && (
              <Button size="small" type={department === null ? "primary" : "default"} onClick={() => onChoose(NOWHERE)}>
                {t("map.without_department")} <NumberText value={map.without_department} />
              </Button>
            )}
          </Space>
        }
      >
        <OrgChart roots={roots} open={shown} zoom={ZOOMS[zoom] ?? 1} chosen={department?.id ?? null} onToggle={toggle} onChoose={(id) => onChoose(String(id))} />
      </Panel>
      <People departmentId={department?.id ?? null} title={department?.name ?? t("map.without_department")} headId={department?.head?.id} />
    </>
  );
}

function People({ departmentId, title, headId }: { departmentId: number | null; title: string; headId?: number }) {
  const { t } = useTranslation("people");
  const people = usePeopleOf(departmentId);
  return (
    <section aria-label={title}>
      <h2 className={styles.of}>{title}</h2>
      <LoadedPages query={people} waiting={<TableSkeleton rows={3} />} none={<p className={styles.sub}>{t("map.nobody_here")}</p>}>
        {(all) => <PersonCards people={all} headId={headId} />}
      </LoadedPages>
      <LoadMore query={people} />
    </section>
  );
}
