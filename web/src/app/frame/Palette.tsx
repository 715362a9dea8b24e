import { GlobalOutlined, KeyOutlined, LogoutOutlined, MoonOutlined, PlusOutlined, SafetyOutlined, SunOutlined, TeamOutlined, ThunderboltOutlined, UserOutlined } from "@ant-design/icons";
import { Input, Modal } from "antd";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { usePeopleFound } from "@/features/people";
import { useAllCommands } from "@/shared/keys/commands";
import { useKeys } from "@/shared/keys/keys";
import { CAN } from "@/shared/session/permissions";
import { allowed, useMe } from "@/shared/session/session";
import { GradeBadge } from "@/shared/ui/Grade";
import { placesFor } from "../navigation";
import styles from "./Frame.module.css";
import { useLeave, useOtherLanguage, useOtherTheme } from "./own";
import { pathOf, useSearch } from "./useSearch";

interface Entry {
  key: string;
  label: string;
  icon: ReactNode;
  group: ReactNode;
  /** Other words by which it is found, in either language. */
  found?: string;
  /** Where it leads, or what it does. */
  go: string | (() => void);
}

const CREATE = [
  { code: "customer", path: "/customers?create=1", needs: CAN.createCustomers },
  { code: "import", path: "/imports/new", needs: CAN.importData },
];

const MOST_COLLEAGUES = 5;

/** Every word typed occurs in what is offered. */
const fits = (entry: Pick<Entry, "label" | "found">, words: string[]) => words.every((word) => `${entry.label} ${entry.found ?? ""}`.toLowerCase().includes(word));

/** The own window and session: language, theme, profile, leaving. */
function useOwn(): Entry[] {
  const { t } = useTranslation("app");
  const me = useMe();
  const language = useOtherLanguage();
  const theme = useOtherTheme();
  const leave = useLeave();
  const group = me.name || me.username;
  return [
    { key: "own-language", label: language.label, found: "语言 中文 language English Chinese", icon: <GlobalOutlined />, group, go: language.change },
    { key: "own-theme", label: t(`frame.theme_${theme.next}`), found: "主题 外观 深色 浅色 theme dark light", icon: theme.next === "dark" ? <MoonOutlined /> : <SunOutlined />, group, go: theme.change },
    { key: "own-profile", label: t("me.profile"), icon: <UserOutlined />, group, go: "/me" },
    { key: "own-security", label: t("me.security"), icon: <SafetyOutlined />, group, go: "/me/security" },
    { key: "own-password", label: t("me.password"), icon: <KeyOutlined />, group, go: "/me#password" },
    { key: "own-leave", label: t("me.sign_out"), found: "退出 登出 注销 sign out log out logout", icon: <LogoutOutlined />, group, go: leave },
  ];
}

/** What the palette offers: what can be done with this page's record or selection, pages, things to create, colleagues, records. */
function useEntries(text: string): Entry[] {
  const { t } = useTranslation("app");
  const me = useMe();
  const { found, asked } = useSearch(text);
  const people = usePeopleFound(allowed(me, CAN.read) ? asked : "");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const actions = useAllCommands().map((command) => ({
    key: `do-${command.code}`,
    label: command.label,
    icon: command.icon ?? <ThunderboltOutlined />,
    group: command.about ?? t("palette.act"),
    go: command.run,
  }));
  const pages = placesFor(me).flatMap((group) =>
    group.places.map((place) => ({
      key: place.path,
      label: t(`nav.${place.code}`),
      icon: place.icon,
      group: t(`nav.group.${group.code}`),
      go: place.path,
    })),
  );
  const create = CREATE.filter((item) => allowed(me, item.needs)).map((item) => ({
    key: `create-${item.code}`,
    label: t(`palette.create.${item.code}`),
    icon: <PlusOutlined />,
    group: t("palette.create_group"),
    go: item.path,
  }));
  const own = useOwn();
  const customers = found.map((item) => ({
    key: `${item.type}-${item.id}`,
    label: item.name,
    icon: <TeamOutlined />,
    group: <GradeBadge grade={item.grade} override={item.override} computed={item.computed_grade} />,
    go: pathOf(item),
  }));
  // A department's name would bring everybody who belongs to it.
  const meant = asked ? (people.data?.items ?? []).filter((one) => one.found_by.some((by) => by !== "department")) : [];
  const colleagues = meant.slice(0, MOST_COLLEAGUES).map((one) => ({
    key: `person-${one.id}`,
    label: one.name,
    icon: <UserOutlined />,
    group: [one.title, one.department?.name].filter(Boolean).join(" · ") || t("palette.colleague"),
    go: `/people/${one.id}`,
  }));
  return [...[...actions, ...pages, ...create, ...own].filter((entry) => fits(entry, words)), ...colleagues, ...customers];
}

/** Ctrl-K: act on what is open, go to a page, create something, leave or change the look, find a customer or a colleague, without the mouse. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const { t } = useTranslation(["app", "shared"]);
  useKeys([{ keys: ["mod+k"], label: t("palette.title"), group: t("shared:keys.everywhere"), always: true, run: () => setOpen((now) => !now) }]);
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} closable={false} destroyOnHidden width={560} style={{ top: 80 }} title={<span className="visually-hidden">{t("palette.title")}</span>}>
      <PaletteBody close={() => setOpen(false)} />
    </Modal>
  );
}

function PaletteBody({ close }: { close: () => void }) {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const entries = useEntries(text);
  const chosen = Math.min(at, entries.length - 1);

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    if (typeof entry.go === "string") void navigate(entry.go);
    else entry.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") go(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
        aria-label={t("palette.title")}
        placeholder={t("palette.placeholder")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul className={styles.palette} role="listbox" id="palette-list" aria-label={t("palette.title")}>
        {entries.map((entry, index) => (
          // The keyboard is handled by the field above, as a combobox does it.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li key={entry.key} id={`palette-${index}`} role="option" aria-selected={index === chosen} onMouseEnter={() => setAt(index)} onClick={() => go(entry)}>
            {entry.icon}
            {entry.label}
            <span className={styles.group}>{entry.group}</span>
          </li>
        ))}
        {entries.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled>
            {t("search.nothing")}
          </li>
        )}
      </ul>
    </>
  );
}
