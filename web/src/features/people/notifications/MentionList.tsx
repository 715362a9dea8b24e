import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { useMarkRead, useMentions } from "./api";
import { NoticeList } from "./NoticeList";

/** Where somebody mentioned me, the newest few. */
export function MentionList() {
  const { t } = useTranslation("people");
  const mentions = useMentions();
  const read = useMarkRead();
  if (mentions.error && !mentions.data) return <ErrorState error={mentions.error} retry={() => void mentions.refetch()} />;
  if (!mentions.data) return <TableSkeleton rows={2} />;
  if (mentions.data.items.length === 0) return <EmptyState title={t("notice.no_mentions")} />;
  return <NoticeList items={mentions.data.items} onRead={(id) => read.mutate([id])} />;
}
