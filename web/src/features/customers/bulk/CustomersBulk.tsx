import { DeleteOutlined, EditOutlined, MergeCellsOutlined, SwapOutlined, TagOutlined, UserSwitchOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Field } from "@/shared/api/types";
import type { Chosen } from "@/shared/list/selection";
import type { Choice } from "@/shared/list/useChoice";
import type { ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { isShared } from "../edit/inline";
import { mergeAddress, MOST_MERGED } from "../merge/api";
import { AssignDialog } from "./AssignDialog";
import { BulkBar, type Entry } from "./BulkBar";
import { EditDialog } from "./EditDialog";
import { TagDialog } from "./TagDialog";
import { useActions } from "./useActions";
import { selectionOf } from "./useBulk";
import { useExports } from "./useExports";

interface Props {
  fields: Field[];
  shown: Field[];
  list: ListControl;
  choice: Choice;
}

/** What can be done with the chosen customers. */
export function CustomersBulk({ fields, shown, list, choice }: Props) {
  const actions = useActions("customers", list, choice);
  const entries = useEntries(list, choice, actions);
  const exports = useExports("customers", list, fields, shown, choice.selection);
  const { asked, ask, what, run } = actions;
  const close = () => ask(null);
  return (
    <BulkBar kind="customers" choice={choice} entries={entries} further={exports}>
      {asked === "edit" && <EditDialog fields={fields.filter(isShared)} what={what} onRun={(changes) => run("edit", { changes })} onClose={close} />}
      {asked === "assign" && <AssignDialog what={what} onRun={(owner_id) => run("assign", { owner_id })} onClose={close} />}
      {(asked === "tag" || asked === "untag") && <TagDialog kind="customers" remove={asked === "untag"} what={what} onRun={(tags) => run(asked, { tags })} onClose={close} />}
    </BulkBar>
  );
}

function useEntries(list: ListControl, { selection, count }: Choice, { ask, askDelete }: ReturnType<typeof useActions>): Entry[] {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const mayEdit = useCan(CAN.editCustomers);
  const mayAssign = useCan(CAN.assign);
  const mayMerge = useCan(CAN.merge);
  const mayDelete = useCan(CAN.delete);
  const entry = (code: string, icon: ReactNode, run: () => void): Entry => ({ code, icon, label: t(`bulk.${code}`), run });
  const mergeable = mayMerge && !selection.all && count >= 2 && count <= MOST_MERGED;
  const chosen: Chosen = { ...selectionOf(selection, list.filter, list.q, count), count };
  return [
    ...(mayEdit ? [entry("edit", <EditOutlined />, () => ask("edit"))] : []),
    ...(mayAssign ? [entry("assign", <UserSwitchOutlined />, () => ask("assign"))] : []),
    ...(mayEdit ? [entry("tag", <TagOutlined />, () => ask("tag")), entry("untag", <TagOutlined />, () => ask("untag"))] : []),
    ...(mayAssign ? [entry("hand_over", <SwapOutlined />, () => void navigate("/customers/hand-over", { state: { handOver: chosen } }))] : []),
    ...(mergeable ? [entry("merge", <MergeCellsOutlined />, () => void navigate(mergeAddress("customer", selection.ids)))] : []),
    ...(mayDelete ? [entry("delete", <DeleteOutlined />, askDelete)] : []),
  ];
}
