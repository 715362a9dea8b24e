import { EyeOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useFields } from "../api";
import { MaskedFields } from "./MaskedFields";
import type { MaskedRecord } from "./record";

interface Props extends MaskedRecord {
  /** Whose fields or which field these are, for who does not see what stands beside the button. */
  of: string;
}

/** Beside what the role masks: shown for a reason, to who may; nothing to everybody else. */
export function Reveal({ of, record, has = () => true }: Props) {
  const { t } = useTranslation("customers");
  const fields = useFields(record.kind);
  const mayReveal = useCan(CAN.reveal);
  const masked = (fields.data ?? []).some((field) => field.access === "masked" && has(field.code));
  if (!mayReveal || !masked) return null;
  return (
    <Popover trigger="click" content={<MaskedFields record={record} has={has} />} destroyOnHidden>
      <Button size="small" type="text" icon={<EyeOutlined />} aria-label={`${t("access.show")}: ${of}`} />
    </Popover>
  );
}
