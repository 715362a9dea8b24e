import { DeleteOutlined, EditOutlined, MergeCellsOutlined, TagOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Field } from "@/shared/api/types";
import type { Choice } from "@/shared/list/useChoice";
import type { ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { isShared } from "../edit/inline";
import { mergeAddress, MOST_MERGED } from "../merge/api";
import { BulkBar, type Entry } from "./BulkBar";
import { EditDialog } from "./EditDialog";
import { TagDialog } from "./TagDialog";
import { useActions } from "./useActions";
import { useExports } from "./useExports";

interface Props {
  fields: Field[];
  shown: Field[];
  list: ListControl;
  choice: Choice;
}

/** What can be done with the chosen contacts. They follow the owners of their customers: nobody is assigned to them. */
export function ContactsBulk({ fields, shown, list, choice }: Props) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const mayEdit = useCan(CAN.editCustomers);
  const mayMerge = useCan(CAN.merge);
  const mayDelete = useCan(CAN.delete);
  const { asked, ask, what, run, askDelete } = useActions("contacts", list, choice);
  const exports = useExports("contacts", list, fields, shown, choice.selection);
  const { selection, count } = choice;
  const mergeable = mayMerge && !selection.all && count >= 2 && count <= MOST_MERGED;
  const entry = (code: "edit" | "tag" | "untag" | "merge" | "delete", icon: ReactNode, run: () => void): Entry => ({ code, icon, label: t(`bulk.${code}`), run });
  const entries: Entry[] = [
    ...(mayEdit ? [entry("edit", <EditOutlined />, () => ask("edit"))] : []),
    ...(mayEdit ? [entry("tag", <TagOutlined />, () => ask("tag")), entry("untag", <TagOutlined />, () => ask("untag"))] : []),
    ...(mergeable ? [entry("merge", <MergeCellsOutlined />, () => void navigate(mergeAddress("contact", selection.ids)))] : []),
    ...(mayDelete ? [entry("delete", <DeleteOutlined />, askDelete)] : []),
  ];
  return (
    <BulkBar kind="contacts" choice={choice} entries={entries} further={exports}>
      {asked === "edit" && <EditDialog fields={fields.filter(isShared)} what={what} onRun={(changes) => run("edit", { changes })} onClose={() => ask(null)} />}
      {(asked === "tag" || asked === "untag") && <TagDialog kind="contacts" remove={asked === "untag"} what={what} onRun={(tags) => run(asked, { tags })} onClose={() => ask(null)} />}
    </BulkBar>
  );
}
