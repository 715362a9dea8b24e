import { GlobalOutlined, KeyOutlined, LogoutOutlined, MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, MoonOutlined, SafetyOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown, Layout, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Bell } from "@/features/people";
import { useMe } from "@/shared/session/session";
import styles from "./Frame.module.css";
import { useLeave, useOtherLanguage, useOtherTheme } from "./own";
import { SearchBox } from "./SearchBox";

interface Props {
  phone: boolean;
  collapsed: boolean;
  onToggle: () => void;
}

export function TopBar({ phone, collapsed, onToggle }: Props) {
  const { t } = useTranslation("app");
  const icon = phone ? <MenuOutlined /> : collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />;
  return (
    <Layout.Header className={styles.top}>
      <Button type="text" icon={icon} onClick={onToggle} aria-label={t(phone ? "frame.open_navigation" : collapsed ? "frame.expand" : "frame.collapse")} />
      <SearchBox phone={phone} />
      <span className={styles.space} />
      <Bell />
      <LanguageSwitch />
      <ThemeSwitch />
      <MeMenu phone={phone} />
    </Layout.Header>
  );
}

function LanguageSwitch() {
  const { next, label, change } = useOtherLanguage();
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={label}
        lang={next === "zh" ? "zh-CN" : "en"}
        onClick={change}
      />
    </Tooltip>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation("app");
  const { next, change } = useOtherTheme();
  const label = t(`frame.theme_${next}`);
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={next === "light" ? <SunOutlined /> : <MoonOutlined />}
        aria-label={label}
        onClick={change}
      />
    </Tooltip>
  );
}

function MeMenu({ phone }: { phone: boolean }) {
  const { t } = useTranslation("app");
  const me = useMe();
  const leave = useLeave();
  const items = [
    { key: "profile", icon: <UserOutlined />, label: <Link to="/me">{t("me.profile")}</Link> },
    { key: "security", icon: <SafetyOutlined />, label: <Link to="/me/security">{t("me.security")}</Link> },
    { key: "password", icon: <KeyOutlined />, label: <Link to="/me#password">{t("me.password")}</Link> },
    { type: "divider" as const },
    { key: "leave", icon: <LogoutOutlined />, label: t("me.sign_out"), onClick: leave },
  ];
  const name = me.name || me.username;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button type="text" icon={<UserOutlined />} aria-label={t("me.menu", { name })}>
        {phone ? null : name}
      </Button>
    </Dropdown>
  );
}
