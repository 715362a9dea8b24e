import { AuditOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { OnPhone } from "@/shared/table/OnPhone";
import { PageHeader } from "@/shared/ui/PageHeader";
import { DateTimeText } from "@/shared/ui/values";
import type { AuditEntry } from "../api";
import styles from "../people.module.css";
import { presentAddress } from "./address";
import { Changes } from "./Changes";
import { alone, useLogChoices } from "./choices";
import { placeOf, Subject } from "./Subject";
import { useSpoken } from "./useSpoken";

const WIDTH = { at: 170, actor: 140, action: 150, subject_type: 220, subject_id: 120, changes: 460, via: 120 };

/** What was done, by whom, when, by which door; newest first. */
export function Component() {
  const { t } = useTranslation("people");
  const navigate = useNavigate();
  const declare = useLogChoices();
  const spoken = useSpoken();
  const [params] = useSearchParams();
  const present = presentAddress(params);
  if (present) return <Navigate to={present} replace />;
  const who = (entry: AuditEntry) => <span className={styles.person}>{entry.actor === "system" ? t("audit.system") : entry.actor}</span>;
  const subject = (entry: AuditEntry) => <Subject entry={entry} word={spoken.subject(entry)} />;
  return (
    <ArrangedList<AuditEntry>
      kind="audit"
      declare={declare}
      path="/audit"
      queryKey={["people", "audit"]}
      words={{ title: t("audit.title"), all: t("audit.all"), search: t("audit.search"), none: t("audit.none"), noneWhy: t("audit.none_why"), notFound: t("audit.not_found") }}
      quick={["actor", "action", "subject_type"]}
      icon={<AuditOutlined style={{ fontSize: 40 }} />}
      header={({ tools }) => <PageHeader title={t("audit.title")} about={t("audit.about")} actions={tools} />}
      render={{
        at: (entry) => <DateTimeText value={entry.at} />,
        actor: who,
        action: (entry) => alone(spoken.action(entry)),
        subject_type: subject,
        changes: (entry) => <Changes entry={entry} />,
        via: (entry) => spoken.via(entry),
      }}
      width={WIDTH}
      phone={[{
        key: "at", title: t("audit.what"), responsive: ["xs", "sm"],
        render: (_, entry) => (
          <>
            {spoken.action(entry)}{spoken.gap(entry)}{subject(entry)}
            <OnPhone>{entry.actor === "system" ? t("audit.system") : entry.actor} · <DateTimeText value={entry.at} /></OnPhone>
            <OnPhone><Changes entry={entry} /></OnPhone>
          </>
        ),
      }]}
      open={(entry) => {
        const place = placeOf(entry);
        if (place) void navigate(place);
      }}
    />
  );
}
