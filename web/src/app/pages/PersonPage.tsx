import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { OwnedByGrade } from "@/features/customers";
import { DutiesBlock, PersonHead, ReliesOnBlock, ResultsBlock, usePerson, Workload } from "@/features/people";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import styles from "./PersonPage.module.css";

/** A colleague: what they do and for whom, whose work they need, their customers, what is thought of them. */
export function Component() {
  const { t } = useTranslation("app");
  const id = Number(useParams().personId);
  const found = usePerson(id);
  return (
    <Loaded query={found} waiting={<Skeleton active avatar={{ size: 88 }} paragraph={{ rows: 6 }} />}>
      {(person) => (
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
      )}
    </Loaded>
  );
}
