import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { NumberText } from "@/shared/ui/values";
import { usePersonDuties, type PersonDetail } from "../map/api";

/** How much rests on a person: duties, and how many people and departments rely on them. */
export function Workload({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("people");
  const holds = usePersonDuties(person.id).data?.holds;
  const relying = holds && new Set(holds.flatMap((one) => one.internal_customers.map((each) => (each.person ? `person ${each.person.id}` : `department ${each.department?.id}`))));
  return (
    <Descriptions
      size="small"
      column={1}
      colon={false}
      items={[
        { key: "duties", label: t("map.duties"), children: <NumberText value={holds?.length} /> },
        { key: "relying", label: t("duty.internal_customers"), children: <NumberText value={relying?.size} /> },
      ]}
    />
  );
}
