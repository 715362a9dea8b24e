import { GlobalOutlined, KeyOutlined, LogoutOutlined, MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, MoonOutlined, SafetyOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown, Layout, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Bell } from "@/features/people";
import { switchLanguage, useLanguage } from "@/shared/i18n/i18n";
import { signOut } from "@/shared/session/door";
import { ME, useMe, useSavePreference } from "@/shared/session/session";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import styles from "./Frame.module.css";
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
  const language = useLanguage();
  const save = useSavePreference();
  const next = language === "zh" ? "en" : "zh";
  const label = language === "zh" ? "Switch to English" : "切换为简体中文";
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={label}
        lang={next === "zh" ? "zh-CN" : "en"}
        onClick={() => {
          void switchLanguage(next);
          void save({ language: next });
        }}
      />
    </Tooltip>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation("app");
  const { mode, choose } = useThemeMode();
  const save = useSavePreference();
  const next = mode === "dark" ? "light" : "dark";
  const label = t(`frame.theme_${next}`);
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
        aria-label={label}
        onClick={() => {
          choose(next);
          void save({ theme: next });
        }}
      />
    </Tooltip>
  );
}

function MeMenu({ phone }: { phone: boolean }) {
  const { t } = useTranslation("app");
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    client.clear();
    client.setQueryData(ME, null);
    await navigate("/sign-in");
  };
  const items = [
    { key: "profile", icon: <UserOutlined />, label: <Link to="/me">{t("me.profile")}</Link> },
    { key: "security", icon: <SafetyOutlined />, label: <Link to="/me/security">{t("me.security")}</Link> },
    { key: "password", icon: <KeyOutlined />, label: <Link to="/me#password">{t("me.password")}</Link> },
    { type: "divider" as const },
    { key: "leave", icon: <LogoutOutlined />, label: t("me.sign_out"), onClick: () => void leave() },
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
