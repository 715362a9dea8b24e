import { DownOutlined, StarFilled, TeamOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFailed } from "../ui/useFailed";
import { changeView, deleteView, setMine, useRefreshViews, type View } from "./api";
import type { Content } from "./content";
import { ViewDialog } from "./ViewDialog";
import styles from "./ViewTabs.module.css";

interface Props {
  kind: string;
  views: View[];
  /** The view that is open; null is the whole list. */
  current: View | null;
  changed: boolean;
  /** What the list shows now. */
  content: () => Content;
  allLabel: string;
  onOpen: (view: View | null) => void;
}

type Asked = "save_as" | "edit" | null;

/** The saved views of a list as tabs: the pinned ones and the open one; the others behind a button. */
export function ViewTabs({ kind, views, current, changed, content, allLabel, onOpen }: Props) {
  const { t } = useTranslation("shared");
  const [asked, setAsked] = useState<Asked>(null);
  const tabs = views.filter((view) => view.pinned || view.mine || view.id === current?.id);
  const others = views.filter((view) => !tabs.includes(view));
  return (
    <div className={styles.bar}>
      <nav className={styles.tabs} aria-label={t("views.region")}>
        <Tab label={allLabel} current={current === null} changed={false} onPress={() => onOpen(null)} />
        {tabs.map((view) => (
          <Tab key={view.id} label={view.name} view={view} current={view.id === current?.id} changed={changed && view.id === current?.id} onPress={() => onOpen(view)} />
        ))}
        {others.length > 0 && (
          <Dropdown trigger={["click"]} menu={{ items: others.map((view) => ({ key: view.id, label: view.owner ? `${view.name} · ${view.owner.name}` : view.name, onClick: () => onOpen(view) })) }}>
            <Button type="text" size="small">
              {t("views.others")} <DownOutlined />
            </Button>
          </Dropdown>
        )}
      </nav>
      <ViewMenu kind={kind} views={views} current={current} changed={changed} content={content} onOpen={onOpen} onAsk={setAsked} />
      {asked && <ViewDialog kind={kind} view={asked === "edit" ? current : null} content={content} onClose={() => setAsked(null)} onSaved={onOpen} />}
    </div>
  );
}

interface TabProps {
  label: string;
  view?: View;
  current: boolean;
  changed: boolean;
  onPress: () => void;
}

function Tab({ label, view, current, changed, onPress }: TabProps) {
  const { t } = useTranslation("shared");
  return (
    <button type="button" className={styles.tab} aria-current={current ? "page" : undefined} onClick={onPress} title={view?.owner && !view.mine ? view.owner.name : undefined}>
      {view?.is_default && <StarFilled className={styles.mark} role="img" aria-label={t("views.is_default")} />}
      {view && view.shared !== "private" && <TeamOutlined className={styles.mark} role="img" aria-label={t("views.is_shared")} />}
      {label}
      {changed && (
        <span className={styles.changed} role="img" aria-label={t("views.changed")} title={t("views.changed")}>
          •
        </span>
      )}
    </button>
  );
}

interface MenuPart extends Pick<Props, "kind" | "views" | "current" | "changed" | "content" | "onOpen"> {
  onAsk: (asked: Asked) => void;
}

function ViewMenu({ kind, views, current, changed, content, onOpen, onAsk }: MenuPart) {
  const { t } = useTranslation("shared");
  const { modal } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshViews(kind);
  const attempt = (work: Promise<unknown>, after?: () => void) =>
    void work.then(async () => {
      await refresh();
      after?.();
    }, failed);
  const mine = views.filter((view) => view.mine);
  const move = (view: View, by: -1 | 1) => {
    const at = mine.indexOf(view);
    const other = mine[at + by];
    if (!other) return;
    const order = mine.filter((one) => one !== view);
    order.splice(at + by, 0, view);
    attempt(Promise.all(order.map((one, position) => (one.position === position ? null : changeView(one.id, { position })))));
  };
  const askDelete = (view: View) =>
    modal.confirm({
      title: t("views.delete", { name: view.name }),
      content: view.shared === "private" ? undefined : t("views.delete_shared"),
      okText: t("action.delete"),
      okButtonProps: { danger: true },
      cancelText: t("action.cancel"),
      onOk: () => deleteView(view.id).then(async () => {
        onOpen(null);
        await refresh();
      }),
    });
  const items: NonNullable<MenuProps["items"]> = [];
  const add = (key: string, run: () => void, more: object = {}) => items.push({ key, label: t(`views.${key}`), onClick: run, ...more });
  if (current && changed) {
    if (current.mine) add("save", () => attempt(changeView(current.id, { content: content() }), () => onOpen({ ...current, content: content() })));
    add("revert", () => onOpen(current));
  }
  add("save_as", () => onAsk("save_as"));
  if (current) {
    const { pinned, is_default } = current;
    items.push({ type: "divider" });
    add(pinned ? "unpin" : "pin", () => attempt(setMine(current.id, { pinned: !pinned, is_default })));
    add(is_default ? "not_default" : "make_default", () => attempt(setMine(current.id, { pinned, is_default: !is_default })));
    if (current.mine) {
      const at = mine.findIndex((view) => view.id === current.id);
      add("edit", () => onAsk("edit"));
      add("move_left", () => move(mine[at] as View, -1), { disabled: at <= 0 });
      add("move_right", () => move(mine[at] as View, 1), { disabled: at === mine.length - 1 });
      items.push({ type: "divider" });
      add("remove", () => askDelete(current), { danger: true });
    }
  }
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button size="small" type={current && changed ? "primary" : "text"} ghost={Boolean(current && changed)}>
        {t("views.menu")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
