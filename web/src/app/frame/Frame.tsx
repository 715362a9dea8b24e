import { Drawer, Grid, Layout } from "antd";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { JobDock } from "@/shared/jobs/JobDock";
import { KeysOverlay } from "@/shared/keys/KeysOverlay";
import { allowed, useMe } from "@/shared/session/session";
import { NoPermission, PageSkeleton } from "@/shared/ui/states";
import { placeOf } from "../navigation";
import { CutNotice } from "./CutNotice";
import styles from "./Frame.module.css";
import { Navigation } from "./Navigation";
import { Palette } from "./Palette";
import { TopBar } from "./TopBar";

const KEY = "jinzita.navigation";

/** The frame round every page: navigation left (a drawer on a phone), top bar, content. */
export function Frame() {
  const { t } = useTranslation("app");
  const screens = Grid.useBreakpoint();
  const phone = screens.md === false;
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(KEY) === "collapsed");
  const { pathname } = useLocation();
  // An address typed in leads no further than the navigation does.
  const may = allowed(useMe(), placeOf(pathname)?.needs);
  // The drawer is open for the page it was opened on: going to another closes it.
  const [drawerOn, setDrawerOn] = useState<string | null>(null);

  const toggle = () => {
    if (phone) return setDrawerOn(pathname);
    localStorage.setItem(KEY, collapsed ? "open" : "collapsed");
    setCollapsed(!collapsed);
  };

  return (
    <Layout className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t("frame.skip")}
      </a>
      {!phone && (
        <Layout.Sider width={212} collapsedWidth={60} collapsed={collapsed} className={styles.sider} theme="light">
          <Navigation collapsed={collapsed} />
        </Layout.Sider>
      )}
      {phone && (
        <Drawer open={drawerOn === pathname} onClose={() => setDrawerOn(null)} placement="left" size={260} styles={{ body: { padding: 0 } }} title={t("frame.navigation")}>
          <Navigation collapsed={false} />
        </Drawer>
      )}
      <Layout className={styles.inner}>
        <TopBar phone={phone} collapsed={collapsed} onToggle={toggle} />
        <Layout.Content className={styles.content} id="content" tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
            {may ? <Outlet /> : <NoPermission />}
          </Suspense>
        </Layout.Content>
      </Layout>
      <Palette />
      <KeysOverlay />
      <JobDock />
      <CutNotice />
    </Layout>
  );
}
