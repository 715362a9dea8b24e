import { useTranslation } from "react-i18next";
import { Loaded } from "@/shared/ui/Loaded";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useMarkRead, useMentions } from "./api";
import { NoticeList } from "./NoticeList";

/** Where somebody mentioned me, the newest few. */
export function MentionList() {
  const { t } = useTranslation("people");
  const mentions = useMentions();
  const read = useMarkRead();
  return (
    <Loaded query={mentions} waiting={<TableSkeleton rows={2} />}>
      {(found) => {
        if (found.items.length === 0) return <EmptyState title={t("notice.no_mentions")} />;
        return <NoticeList items={found.items} onRead={(id) => read.mutate([id])} />;
      }}
    </Loaded>
  );
}
