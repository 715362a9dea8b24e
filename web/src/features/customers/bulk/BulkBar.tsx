import { CloseOutlined, DeleteOutlined, DownloadOutlined, EditOutlined, MergeCellsOutlined, SwapOutlined, TagOutlined, UserSwitchOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Grid, Space, type MenuProps } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { apiUrl } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import { useLanguage } from "@/shared/i18n/i18n";
import { useCommands } from "@/shared/keys/commands";
import { EXPORT_FORMS, exportForms, type ExportForm } from "@/shared/list/exportForms";
import { sizeOf, type Chosen, type Selection } from "@/shared/list/selection";
import type { ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { saveFile } from "@/shared/chart/download";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { exportSelection } from "../api";
import { exportedCodes } from "../list/fields";
import { AssignDialog } from "./AssignDialog";
import styles from "./bulk.module.css";
import { EditDialog } from "./EditDialog";
import { TagDialog } from "./TagDialog";
import { selectionOf, useBulk, type Action, type Given } from "./useBulk";

interface Props {
  fields: Field[];
  shown: Field[];
  list: ListControl;
  selection: Selection;
  total: number | undefined;
  /** Every row of the page is chosen, and there are more. */
  offerAll: boolean;
  onAll: () => void;
  onClear: () => void;
}

type Asked = "edit" | "assign" | "tag" | "untag" | null;

interface Entry {
  code: string;
  icon: ReactNode;
  label: string;
  run: () => void;
}

const MOST_MERGED = 50;

/** What can be done with the chosen customers; stands at the lower edge while some are. */
export function BulkBar({ fields, shown, list, selection, total, offerAll, onAll, onClear }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const [asked, setAsked] = useState<Asked>(null);
  const start = useBulk(list);
  const { modal } = App.useApp();
  const phone = Grid.useBreakpoint().md === false;
  const count = sizeOf(selection, total);
  const run = async (action: Action, given?: Given) => {
    const begun = await start(action, selection, count, given);
    if (begun) {
      setAsked(null);
      onClear();
    }
    return begun;
  };
  const askDelete = () =>
    modal.confirm({
      title: t("bulk.delete_title", { count }),
      content: t("bulk.delete_why"),
      okText: t("bulk.to_trash"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => run("delete"),
    });
  const entries = useEntries({ list, selection, count, onAsk: setAsked, onDelete: () => void askDelete() });
  const exports = useExports(list, shown, selection);
  useCommands([...entries, ...exports].map((entry) => ({ ...entry, about: t("bulk.chosen", { count }) })));
  const menu: MenuProps["items"] = [...entries.slice(phone ? 0 : 3), ...exports].map(({ code, icon, label, run: act }) => ({ key: code, icon, label, onClick: act, danger: code === "delete" }));
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("bulk.region")}>
      <span className={styles.count} role="status">
        {selection.all ? t("bulk.all_chosen") : t("bulk.chosen_short")} <NumberText value={count} />
      </span>
      {offerAll && !selection.all && total !== undefined && (
        <Button type="link" size="small" onClick={onAll}>
          {t("bulk.choose_all", { count: total })}
        </Button>
      )}
      <Space size={6} className={styles.actions}>
        {!phone &&
          entries.slice(0, 3).map(({ code, icon, label, run: act }) => (
            <Button key={code} size="small" icon={icon} onClick={act}>
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
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("bulk.clear")} onClick={onClear} />
      </Space>
      {asked === "edit" && <EditDialog fields={fields} count={count} onRun={(changes) => run("edit", { changes })} onClose={() => setAsked(null)} />}
      {asked === "assign" && <AssignDialog count={count} onRun={(owner_id) => run("assign", { owner_id })} onClose={() => setAsked(null)} />}
      {(asked === "tag" || asked === "untag") && <TagDialog remove={asked === "untag"} count={count} onRun={(tags) => run(asked, { tags })} onClose={() => setAsked(null)} />}
    </div>
  );
}

interface EntryProps {
  list: ListControl;
  selection: Selection;
  count: number;
  onAsk: (asked: Asked) => void;
  onDelete: () => void;
}

function useEntries({ list, selection, count, onAsk, onDelete }: EntryProps): Entry[] {
  const { t } = useTranslation(["customers", "shared"]);
  const navigate = useNavigate();
  const mayEdit = useCan(CAN.editCustomers);
  const mayAssign = useCan(CAN.assign);
  const mayMerge = useCan(CAN.merge);
  const mayDelete = useCan(CAN.delete);
  const entry = (code: string, icon: ReactNode, run: () => void): Entry => ({ code, icon, label: t(`bulk.${code}`), run });
  const mergeable = mayMerge && !selection.all && count >= 2 && count <= MOST_MERGED;
  const chosen: Chosen = { ...selectionOf(selection, list.filter, list.q, count), count };
  return [
    ...(mayEdit ? [entry("edit", <EditOutlined />, () => onAsk("edit"))] : []),
    ...(mayAssign ? [entry("assign", <UserSwitchOutlined />, () => onAsk("assign"))] : []),
    ...(mayEdit ? [entry("tag", <TagOutlined />, () => onAsk("tag")), entry("untag", <TagOutlined />, () => onAsk("untag"))] : []),
    ...(mayAssign ? [entry("hand_over", <SwapOutlined />, () => void navigate("/customers/hand-over", { state: { handOver: chosen } }))] : []),
    ...(mergeable ? [entry("merge", <MergeCellsOutlined />, () => void navigate(`/customers/merge?ids=${selection.ids.join(",")}`))] : []),
    ...(mayDelete ? [entry("delete", <DeleteOutlined />, onDelete)] : []),
  ];
}

/** The chosen customers as a file, with the columns shown. */
function useExports(list: ListControl, shown: Field[], selection: Selection): Entry[] {
  const { t } = useTranslation("customers");
  const language = useLanguage();
  const mayExport = useCan(CAN.exportData);
  const failed = useFailed();
  if (!mayExport) return [];
  const wanted = (form: ExportForm) => ({ ...EXPORT_FORMS[form], fields: exportedCodes(shown).join(","), sort: list.sort, language });
  const run = (form: ExportForm) => {
    if (selection.all) location.assign(apiUrl("/customers/export", { ...wanted(form), ...list.scope }));
    else void exportSelection({ ...wanted(form), ids: selection.ids }).then((file) => saveFile(file, `customers.${EXPORT_FORMS[form].format}`), failed);
  };
  return exportForms.map((form) => ({
    code: `export_${form}`,
    icon: <DownloadOutlined />,
    label: t(`list.export_${form}`),
    run: () => run(form),
  }));
}
