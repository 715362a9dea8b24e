import { FolderOpenOutlined } from "@ant-design/icons";
import { Button, Drawer, Grid, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import styles from "../customers.module.css";
import { FileList } from "./FileList";
import { useFiles } from "./files";

/** Every file of a customer, also those of notes, in a drawer. */
export function AllFiles({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const [open, setOpen] = useState(false);
  const phone = Grid.useBreakpoint().md === false;
  return (
    <>
      <Button size="small" shape="round" icon={<FolderOpenOutlined />} onClick={() => setOpen(true)}>{t("files.all")}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} size={phone ? "100%" : 480} title={t("files.all")}>
        {open && <Rows customerId={customerId} />}
      </Drawer>
    </>
  );
}

function Rows({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const files = useFiles(customerId);
  return (
    <LoadedPages query={files} waiting={<Skeleton active paragraph={{ rows: 8 }} title={false} />} none={<EmptyState title={t("files.none")} why={t("files.none_why")} />}>
      {(rows) => (
        <>
          <ul className={styles.plain}>
            {rows.map((one) => (
              <li key={one.id}>
                <FileList customerId={customerId} files={[one]} />
                <div className={styles.under}>{one.by} · <DateTimeText value={one.at} />{one.note_id ? ` · ${t("files.of_note")}` : ""}</div>
              </li>
            ))}
          </ul>
          <LoadMore query={files} />
        </>
      )}
    </LoadedPages>
  );
}
