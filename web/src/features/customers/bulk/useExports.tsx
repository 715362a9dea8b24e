import { DownloadOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { apiUrl, postForFile } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import { saveFile } from "@/shared/chart/download";
import { useLanguage } from "@/shared/i18n/i18n";
import { EXPORT_FORMS, exportForms, type ExportForm } from "@/shared/list/exportForms";
import type { Selection } from "@/shared/list/selection";
import type { ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { exportedCodes } from "@/shared/table/columns";
import { useFailed } from "@/shared/ui/useFailed";
import type { Entry } from "./BulkBar";
import type { ListKind } from "../api";

/** The chosen records as a file, with the columns shown. */
export function useExports(kind: ListKind, list: ListControl, fields: Field[], shown: Field[], selection: Selection): Entry[] {
  const { t } = useTranslation("shared");
  const language = useLanguage();
  const mayExport = useCan(CAN.exportData);
  const failed = useFailed();
  if (!mayExport) return [];
  const wanted = (form: ExportForm) => ({ ...EXPORT_FORMS[form], fields: exportedCodes(fields, shown).join(","), sort: list.sort, language });
  const run = (form: ExportForm) => {
    if (selection.all) location.assign(apiUrl(`/${kind}/export`, { ...wanted(form), ...list.scope }));
    else void postForFile(`/${kind}/export`, { ...wanted(form), ids: selection.ids }).then((file) => saveFile(file, `${kind}.${EXPORT_FORMS[form].format}`), failed);
  };
  return exportForms.map((form) => ({ code: `export_${form}`, icon: <DownloadOutlined />, label: t(`export.${form}`), run: () => run(form) }));
}
