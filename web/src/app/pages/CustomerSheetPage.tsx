import { FilePdfOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { CustomerDetails, LatestEntries, notePrinting, SheetContacts, sheetUrl, useCustomer } from "@/features/customers";
import { CustomerStanding } from "@/features/value";
import { useLanguage } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/states";
import { DateText } from "@/shared/ui/values";
import styles from "./CustomerSheetPage.module.css";

/** A customer on paper: who it is, where it stands, what happened last; as far as the person's role shows it. */
export function Component() {
  const { t } = useTranslation(["app", "customers", "shared"]);
  const id = Number(useParams().customerId);
  const customer = useCustomer(id);
  const language = useLanguage();
  const mayExport = useCan(CAN.exportData);
  // Whichever way it is printed, also by the browser's own menu.
  useEffect(() => {
    const printed = () => void notePrinting(id).catch(() => undefined);
    window.addEventListener("beforeprint", printed);
    return () => window.removeEventListener("beforeprint", printed);
  }, [id]);
  return (
    <Loaded query={customer} waiting={<PageSkeleton />}>
      {(one) => {
        if (one.id !== id) return <Navigate to={`/customers/${one.id}/sheet`} replace />;
        return (
          <div className={styles.sheet}>
            <PageHeader
              title={one.name}
              about={one.owner ? t("customer.owner", { name: one.owner.name }) : t("customer.no_owner")}
              actions={
                <div className={styles.screen}>
                  <Link to={`/customers/${id}`}>{t("shared:action.back")}</Link>
                  {mayExport && <Button icon={<FilePdfOutlined />} href={sheetUrl(id, language)}>PDF</Button>}
                  <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>{t("customer.print")}</Button>
                </div>
              }
            />
            <CustomerStanding customerId={id} />
            <Panel title={t("customer.details")}><CustomerDetails customer={one} /></Panel>
            <Panel title={t("customers:contact.block")}><SheetContacts customerId={id} /></Panel>
            <Panel title={t("customer.timeline")}><LatestEntries customerId={id} most={15} /></Panel>
            <p className={styles.foot}>{t("customer.printed")} <DateText value={new Date().toISOString()} /></p>
          </div>
        );
      }}
    </Loaded>
  );
}
