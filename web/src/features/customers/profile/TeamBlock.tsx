import { EditOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTeam, type Team } from "./api";
import { ListBlock } from "./ListBlock";
import { TeamDialog } from "./TeamDialog";
import styles from "./profile.module.css";

interface Props {
  customerId: number;
  /** Draws the photo of a colleague. */
  photo: (person: { name: string; photo: string | null }) => ReactNode;
}

/** Who works for a customer beside its owner, and what each does there. */
export function TeamBlock({ customerId, photo }: Props) {
  const { t } = useTranslation("customers");
  const team = useTeam(customerId);
  const client = useQueryClient();
  // The team as it was when the dialog opened: what others write meanwhile must not pass for seen.
  const [opened, setOpened] = useState<Team | null>(null);
  const items = team.data?.items ?? [];
  const some = items.length > 0;
  const open = team.data?.may_change ? () => setOpened(team.data) : undefined;
  const close = () => {
    setOpened(null);
    void team.refetch();
  };
  // Who is in the team decides who sees the customer, and stands in lists.
  const refresh = () => void client.invalidateQueries({ queryKey: ["customers"] });
  const dialog = opened && <TeamDialog customerId={customerId} team={opened} onClose={close} onSaved={refresh} />;
  return (
    <ListBlock title={t("team.block")} none={t("team.none")} query={team} empty={!some} onAdd={open} addText={some ? t("team.change") : undefined} addIcon={some ? <EditOutlined /> : undefined} dialog={dialog}>
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={one.user.id} className={styles.person}>
            {photo({ name: one.user.name, photo: one.photo })}
            <span className={styles.text}>
              <Link to={`/people/${one.user.id}`}>{one.user.name}</Link> <span className={styles.under}>{one.part}</span>
            </span>
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}
