import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { OwnedByGrade } from "@/features/customers";
import { DutiesBlock, PersonHead, ReliesOnBlock, ResultsBlock, usePerson, Workload } from "@/features/people";
import { Panel } from "@/shared/ui/PageHeader";
import { ErrorState } from "@/shared/ui/states";
import styles from "./PersonPage.module.css";

/** A colleague: what they do and for whom, whose work they need, their customers, what is thought of them. */
export function Component() {
  const { t } = useTranslation("app");
  const id = Number(useParams().personId);
  const found = usePerson(id);
  const person = found.data;
  if (found.error && !person) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!person) return <Skeleton active avatar={{ size: 88 }} paragraph={{ rows: 6 }} />;
  return (
    <>
      <PersonHead person={person} />
      <div className={styles.page}>
        <div className={styles.main}>
          <DutiesBlock person={person} />
          {person.may_see_ratings && <ResultsBlock personId={person.id} />}
        </div>
        <div className={styles.side}>
          <Panel title={t("person.workload")}>
            <Workload person={person} />
            <h3 className={styles.heading}>{t("person.customers")}</h3>
            <OwnedByGrade key={person.id} ownerId={person.id} />
          </Panel>
          <ReliesOnBlock person={person} />
        </div>
      </div>
    </>
  );
}
