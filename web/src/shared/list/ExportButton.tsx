import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../api/request";
import type { Field } from "../api/types";
import { useLanguage } from "../i18n/i18n";
import { exportedCodes } from "../table/columns";
import { EXPORT_FORMS, exportForms, type ExportForm } from "./exportForms";
import type { ListControl } from "./useListState";

/** The list as a file: the same rows in the same order with the columns shown. */
export function ExportButton({ path, list, fields, shown }: { path: string; list: ListControl; fields: Field[]; shown: Field[] }) {
  const { t } = useTranslation("shared");
  const language = useLanguage();
  const href = (form: ExportForm) => apiUrl(path, { ...EXPORT_FORMS[form], fields: exportedCodes(fields, shown).join(","), sort: list.sort, language, ...list.scope });
  const items = exportForms.map((form) => ({ key: form, label: <a href={href(form)} download>{t(`export.${form}`)}</a> }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button icon={<DownloadOutlined />}>{t("action.export")}</Button>
    </Dropdown>
  );
}
