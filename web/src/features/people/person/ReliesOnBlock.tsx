import { Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Panel } from "@/shared/ui/PageHeader";
import { Loaded } from "@/shared/ui/Loaded";
import { usePersonDuties, type HeldDuty, type PersonDetail } from "../map/api";
import { PersonPhoto } from "../map/PersonPhoto";
import styles from "./person.module.css";

/** Whose duties serve this person: the other direction. */
export function ReliesOnBlock({ person }: { person: PersonDetail }) {
  const { t } = useTranslation("people");
  const duties = usePersonDuties(person.id);
  return (
    <Panel title={t("duty.relies_on")}>
      <Loaded query={duties} waiting={<Skeleton active paragraph={{ rows: 3 }} />}>
        {({ relies_on: all }) =>
          all.length === 0 ? (
            <p className={styles.none}>{t("duty.relies_on_none")}</p>
          ) : (
            <ul className={styles.list}>
              {byPerson(all).map(([one, ...more]) => (
                <li key={one.id} className={styles.served}>
                  <PersonPhoto person={one.person} size={28} />
                  <Link to={`/people/${one.person.id}`}>{one.person.name}</Link>
                  <span>{[one, ...more].map((each) => <Tag key={each.id} className={styles.word}>{each.duty.name}</Tag>)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function byPerson(all: HeldDuty[]): [HeldDuty, ...HeldDuty[]][] {
  const found = new Map<number, [HeldDuty, ...HeldDuty[]]>();
  for (const one of all) {
    const known = found.get(one.person.id);
    if (known) known.push(one);
    else found.set(one.person.id, [one]);
  }
  return [...found.values()];
}
