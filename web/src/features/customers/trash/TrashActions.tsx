import { RollbackOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { post, remove } from "@/shared/api/request";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useFailed } from "@/shared/ui/useFailed";
import type { Trashed } from "./trashed";

/** To be restored, or removed for good by those who may. */
export function TrashActions({ row }: { row: Trashed }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const failed = useFailed();
  const mayDelete = useCan(CAN.delete);
  const mayPurge = useCan(CAN.handlePrivacy);
  const refresh = () => client.invalidateQueries({ queryKey: ["customers"] });
  const restore = useMutation({
    mutationFn: () => post<void>(`/${row.type}s/${row.id}/restore`),
    onSuccess: async () => {
      void message.success(t("trash.restored", { name: row.name }));
      await refresh();
    },
    onError: failed,
  });
  const purge = () =>
    modal.confirm({
      title: t("trash.purge_title", { name: row.name }),
      content: row.type === "contact" ? t("trash.purge_contact_why") : t("trash.purge_why"),
      okText: t("trash.purge"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => remove<void>(`/trash/${row.type}/${row.id}`).then(refresh, failed),
    });
  return (
    <Space size={4}>
      {mayDelete && <Button size="small" icon={<RollbackOutlined />} loading={restore.isPending} onClick={() => restore.mutate()}>{t("trash.restore")}</Button>}
      {mayPurge && <Button size="small" type="text" danger onClick={() => void purge()}>{t("trash.purge")}</Button>}
    </Space>
  );
}
