import { Descriptions, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useAttributes } from "@/shared/api/attributes";
import type { Field } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText, fieldValue } from "@/shared/table/fieldColumns";
import { Loaded } from "@/shared/ui/Loaded";
import { SourceText } from "@/shared/ui/SourceText";
import { useFields, type CustomerDetail } from "../api";
import { fieldsFor } from "../edit/attributes";
import { Reveal } from "../masked/Reveal";
import { CustomerClasses } from "./CustomerClasses";

/** Shown elsewhere on the page: name, grade and score in the header. */
const ELSEWHERE = ["name", "grade", "computed_grade", "score", "score_as_of"];

/** What is known of a customer, attributes included; an unknown is "–". */
export function CustomerDetails({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const fields = useFields("customers");
  const attributes = useAttributes();
  return (
    <Loaded query={fields} waiting={<Skeleton active paragraph={{ rows: 6 }} title={false} />}>
      {(found) => {
        const words = { yes: t("yes"), no: t("no") };
        const text = (field: Field) => {
          if (field.code === "source") return <SourceText source={customer.source} />;
          const value = fieldText(field, fieldValue(customer, field.code), format, label, words);
          if (field.access === "masked" && value !== UNKNOWN) {
            return <>{value} <Reveal of={label(field.label)} record={{ kind: "customers", id: customer.id }} has={(code) => code === field.code} /></>;
          }
          return field.unit && value !== UNKNOWN ? <>{value} {field.unit}</> : value;
        };
        // The key of one entered by hand was made by the system and means nothing to anybody.
        const hidden = customer.source === "manual" ? [...ELSEWHERE, "source_key"] : ELSEWHERE;
        // Fields that only lists and filters know are not told with a customer; they have blocks of their own.
        // What other capabilities know is told where it is so, such as that nobody may contact it.
        const told = (field: Field) => field.code.startsWith("attributes.") || (field.code in customer.added ? customer.added[field.code] !== false : fieldValue(customer, field.code) !== undefined);
        const shown = fieldsFor(customer.kind, found, attributes.data ?? []).filter((field) => !hidden.includes(field.code) && !field.code.startsWith("class.") && told(field));
        return (
          <>
            <Descriptions
              size="small"
              column={1}
              styles={{ label: { flex: "none", width: 132 } }}
              items={shown.map((field) => ({ key: field.code, label: label(field.label), children: text(field) }))}
            />
            <CustomerClasses customer={customer} />
          </>
        );
      }}
    </Loaded>
  );
}
