import { Menu } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useMe, useSettings } from "@/shared/session/session";
import { PyramidMark } from "@/shared/ui/PyramidMark";
import { placeOf, placesFor } from "../navigation";
import styles from "./Frame.module.css";

/** The navigation by job; only what the person may use. */
export function Navigation({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation("app");
  const me = useMe();
  const { company } = useSettings();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // Where one is stays in sight although the list is longer than the window.
  useEffect(() => {
    void nav.current?.querySelector(".ant-menu-item-selected")?.scrollIntoView({ block: "nearest" });
  }, [pathname]);
  const groups = placesFor(me);
  const items = groups.map((group) => ({
    type: "group" as const,
    key: group.code,
    label: collapsed ? null : t(`nav.group.${group.code}`),
    children: group.places.map((place) => ({
      key: place.path,
      icon: place.icon,
      title: t(`nav.${place.code}`),
      label: <Link to={place.path}>{t(`nav.${place.code}`)}</Link>,
    })),
  }));
  return (
    <nav ref={nav} aria-label={t("frame.navigation")}>
      <Link to="/" className={styles.brand} aria-label={collapsed ? t("nav.home") : undefined}>
        <PyramidMark size={24} />
        {!collapsed && <span>{company || t("shared:product")}</span>}
      </Link>
      <Menu className={styles.menu} mode="inline" inlineCollapsed={collapsed} inlineIndent={18} selectedKeys={[placeOf(pathname)?.path ?? ""]} items={items} />
    </nav>
  );
}
