import { Descriptions, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText, fieldValue } from "@/shared/table/fieldColumns";
import { ErrorState } from "@/shared/ui/states";
import { useFields, type CustomerDetail } from "../api";

/** Shown elsewhere on the page: name, grade and score in the header. */
const ELSEWHERE = ["name", "grade", "score", "score_as_of"];

/** What is known of a customer, attributes included; an unknown is "–". */
export function CustomerDetails({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const fields = useFields("customers");
  if (fields.error && !fields.data) return <ErrorState error={fields.error} retry={() => void fields.refetch()} />;
  if (!fields.data) return <Skeleton active paragraph={{ rows: 6 }} title={false} />;
  const words = { yes: t("yes"), no: t("no") };
  const text = (field: Field) => {
    const value = fieldText(field, fieldValue(customer, field.code), format, label, words);
    return field.unit && value !== UNKNOWN ? <>{value} {field.unit}</> : value;
  };
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, xl: 3 }}
      items={fields.data.filter((field) => !ELSEWHERE.includes(field.code)).map((field) => ({ key: field.code, label: label(field.label), children: text(field) }))}
    />
  );
}
