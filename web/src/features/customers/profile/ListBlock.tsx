import { PlusOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import styles from "./profile.module.css";

interface Props {
  title: string;
  none: string;
  query: { error: unknown; data: unknown; refetch: () => unknown };
  empty: boolean;
  onAdd?: () => void;
  addText?: string;
  addIcon?: ReactNode;
  children: ReactNode;
  /** Open over the block, whether or not it is empty. */
  dialog?: ReactNode;
}

/** A small block of a customer's page: what there is, or one line that there is nothing, and a way to add. */
export function ListBlock({ title, none, query, empty, onAdd, addText, addIcon, children, dialog }: Props) {
  const { t } = useTranslation("shared");
  const mayEdit = useCan(CAN.editCustomers);
  const add = mayEdit && onAdd && query.data !== undefined && (
    <Button size="small" icon={addIcon ?? <PlusOutlined />} onClick={onAdd} aria-label={`${title}: ${addText ?? t("action.add")}`}>
      {addText ?? t("action.add")}
    </Button>
  );
  return (
    <Panel title={title} extra={add}>
      <Loaded query={query} waiting={<Skeleton active title={false} paragraph={{ rows: 2 }} />}>
        {() => (empty ? <p className={styles.none}>{none}</p> : children)}
      </Loaded>
      {dialog}
    </Panel>
  );
}
