import { CloseOutlined } from "@ant-design/icons";
import { Button, Dropdown, Grid, Space, type MenuProps } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "@/shared/keys/commands";
import type { Choice } from "@/shared/list/useChoice";
import { NumberText } from "@/shared/ui/values";
import styles from "./bulk.module.css";
import type { ListKind } from "../api";

export interface Entry {
  code: string;
  icon: ReactNode;
  label: string;
  run: () => void;
}

interface Props {
  kind: ListKind;
  choice: Choice;
  /** The most used first: three stand as buttons, the others in the menu. */
  entries: Entry[];
  /** Only in the menu. */
  further: Entry[];
  /** The dialogs they open. */
  children?: ReactNode;
}

const AS_BUTTONS = 3;

/** What can be done with the chosen rows; stands at the lower edge while some are. */
export function BulkBar({ kind, choice, entries, further, children }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const phone = Grid.useBreakpoint().md === false;
  const { count, total } = choice;
  const what = (many: number) => t(`bulk.what.${kind}`, { count: many });
  useCommands([...entries, ...further].map((entry) => ({ ...entry, about: t("bulk.chosen", { what: what(count) }) })));
  const menu: MenuProps["items"] = [...entries.slice(phone ? 0 : AS_BUTTONS), ...further].map(({ code, icon, label, run }) => ({ key: code, icon, label, onClick: run, danger: code === "delete" }));
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("bulk.region")}>
      <span className={styles.count} role="status">
        {choice.selection.all ? t("bulk.all_chosen") : t("bulk.chosen_short")} <NumberText value={count} />
      </span>
      {choice.offerAll && total !== undefined && (
        <Button type="link" size="small" onClick={choice.all}>
          {t("bulk.choose_all", { what: what(total) })}
        </Button>
      )}
      <Space size={6} className={styles.actions}>
        {!phone &&
          entries.slice(0, AS_BUTTONS).map(({ code, icon, label, run }) => (
            <Button key={code} size="small" icon={icon} onClick={run} danger={code === "delete"}>
              {label}
            </Button>
          ))}
        {menu.length > 0 && (
          <Dropdown trigger={["click"]} placement="topRight" menu={{ items: menu }}>
            <Button size="small" type={phone ? "primary" : "default"}>
              {t(phone ? "bulk.actions" : "shared:action.more")}
            </Button>
          </Dropdown>
        )}
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("bulk.clear")} onClick={choice.clear} />
      </Space>
      {children}
    </div>
  );
}
