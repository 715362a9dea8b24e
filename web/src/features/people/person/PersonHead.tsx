import { CameraOutlined, EditOutlined, MailOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "@/shared/ui/PageHeader";
import type { PersonDetail } from "../map/api";
import { PersonPhoto } from "../map/PersonPhoto";
import { CardDialog } from "./CardDialog";
import { PhotoDialog } from "./PhotoDialog";
import styles from "./person.module.css";

/** Who this is, and how to reach them; the card and the photo can be changed from here. */
export function PersonHead({ person }: { person: PersonDetail }) {
  const { t } = useTranslation(["people", "shared"]);
  const [open, setOpen] = useState<"card" | "photo" | null>(null);
  const about = [person.title, person.department?.name].filter(Boolean).join(" · ");
  return (
    <>
      <PageHeader
        title={person.name}
        before={<span className={styles.portrait}><PersonPhoto person={person} size={88} /></span>}
        count={!person.active && <Tag>{t("user.inactive")}</Tag>}
        about={about || "–"}
        actions={
          <>
            <Link to={person.department ? `/people/map?department=${person.department.id}` : "/people/map"}>{t("person.on_map")}</Link>
            {person.may_edit && (
              <>
                <Button icon={<CameraOutlined />} onClick={() => setOpen("photo")}>{t("person.photo")}</Button>
                <Button icon={<EditOutlined />} onClick={() => setOpen("card")}>{t("shared:action.edit")}</Button>
              </>
            )}
          </>
        }
      />
      <div className={styles.facts}>
        {person.phone && <a href={`tel:${person.phone.replace(/\s/g, "")}`}><PhoneOutlined aria-hidden /> {person.phone}</a>}
        {person.email && <a href={`mailto:${person.email}`}><MailOutlined aria-hidden /> {person.email}</a>}
        {person.manager && <span>{t("user.manager")} <Link to={`/people/${person.manager.id}`} className={styles.inline}>{person.manager.name}</Link></span>}
        <Words label={t("person.languages")} words={person.languages} />
        <Words label={t("person.skills")} words={person.skills} />
      </div>
      {person.about && <p className={styles.about}>{person.about}</p>}
      {open === "card" && <CardDialog person={person} onClose={() => setOpen(null)} />}
      {open === "photo" && <PhotoDialog person={person} onClose={() => setOpen(null)} />}
    </>
  );
}

function Words({ label, words }: { label: string; words: string[] }) {
  if (words.length === 0) return null;
  return (
    <span>
      {label} {words.map((one) => <Tag key={one} className={styles.word}>{one}</Tag>)}
    </span>
  );
}
