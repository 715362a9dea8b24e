import { SettingOutlined } from "@ant-design/icons";
import { App, Button, Form, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { Status } from "@/shared/ui/Status";
import { DateText, NumberText } from "@/shared/ui/values";
import { saveRatingSettings, useMyRatings, useOpenRound, useRatingSettings, useRefreshRatings, useRounds, type Rating, type RatingRound, type RatingSettings } from "./api";
import { RatePerson } from "./RatePerson";
import styles from "./ratings.module.css";

/** What I am asked to rate, and the rounds there were. */
export function Component() {
  const { t } = useTranslation("people");
  const me = useMe();
  const mine = useMyRatings();
  return (
    <>
      <PageHeader title={t("rating.title")} about={t("rating.about")} actions={<Link to={`/people/${me.id}`}>{t("rating.my_results")}</Link>} />
      <div className={styles.blocks}>
        <Panel title={t("rating.mine")}>
          <Loaded query={mine} waiting={<TableSkeleton rows={4} />} none={<EmptyState title={t("rating.nothing")} why={t("rating.nothing_why")} />}>
            {(found) => <Mine ratings={found} />}
          </Loaded>
        </Panel>
        <Rounds />
      </div>
    </>
  );
}

function Mine({ ratings }: { ratings: Rating[] }) {
  const { t } = useTranslation("people");
  const people = new Map<number, Rating[]>();
  for (const one of ratings) people.set(one.person.id, [...(people.get(one.person.id) ?? []), one]);
  const first = ratings[0];
  const done = ratings.filter((one) => one.mark !== null).length;
  return (
    <>
      {first && (
        <p className={styles.about}>
          {t("rating.quarter", { year: first.year, quarter: first.quarter })} · {t("rating.done", { done, all: ratings.length })} · {t("rating.until")} <DateText value={first.closes_on} />
          <br />
          {t("rating.how_kept")}
        </p>
      )}
      <ul className={styles.people}>
        {[...people.values()].map((of) => (
          <li key={of[0]?.person.id}><RatePerson ratings={of} /></li>
        ))}
      </ul>
    </>
  );
}

function Rounds() {
  const { t } = useTranslation("people");
  const rounds = useRounds();
  const may = useCan(CAN.managePeople);
  return (
    <Panel title={t("rating.rounds")} extra={may && <Manage goesOn={(rounds.data ?? []).some((one) => !one.closed)} />}>
      <Loaded query={rounds} waiting={<TableSkeleton rows={3} />} none={<p className={styles.about}>{t("rating.no_rounds")}</p>}>
        {(found) => (
          <ScrollTable<RatingRound>
            aria-label={t("rating.rounds")}
            size="small"
            rowKey="id"
            pagination={{ pageSize: 12, hideOnSinglePage: true, size: "small" }}
            scroll={{ x: "max-content" }}
            dataSource={found}
            columns={[
              {
                key: "round", title: t("rating.round"),
                render: (_, one) => (
                  <>
                    {t("rating.quarter", { year: one.year, quarter: one.quarter })}
                    <OnPhone><DateText value={one.opens_on} /> – <DateText value={one.closes_on} /></OnPhone>
                  </>
                ),
              },
              { key: "state", title: t("rating.state"), render: (_, one) => <Status tone={one.closed ? "off" : "busy"}>{t(one.closed ? "rating.closed" : "rating.open")}</Status> },
              { key: "opens", title: t("rating.opens_on"), responsive: ["md"], render: (_, one) => <DateText value={one.opens_on} /> },
              { key: "closes", title: t("rating.closes_on"), responsive: ["md"], render: (_, one) => <DateText value={one.closes_on} /> },
              { key: "answered", title: t("rating.given"), align: "right", render: (_, one) => <><NumberText value={one.answered} /> / <NumberText value={one.asked} /></> },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

/** Opens a round now, unless one goes on, and sets when they open. */
function Manage({ goesOn }: { goesOn: boolean }) {
  const { t } = useTranslation("people");
  const { modal, message } = App.useApp();
  const failed = useFailed();
  const open = useOpenRound();
  const refresh = useRefreshRatings();
  const settings = useRatingSettings();
  const [editing, setEditing] = useState(false);
  const ask = () =>
    modal.confirm({
      title: t("rating.open_title"),
      content: t("rating.open_why"),
      okText: t("rating.open_now"),
      onOk: () => open.mutateAsync().then(({ asked }) => void message.success(t("rating.opened", { count: asked })), failed),
    });
  return (
    <>
      {!goesOn && <Button size="small" onClick={ask}>{t("rating.open_now")}</Button>}
      <Button size="small" icon={<SettingOutlined />} disabled={!settings.data} onClick={() => setEditing(true)}>{t("rating.settings")}</Button>
      {editing && settings.data && (
        <FormDialog<RatingSettings> open title={t("rating.settings")} initial={settings.data} save={saveRatingSettings} onSaved={refresh} onClose={() => setEditing(false)}>
          <Form.Item name="enabled" label={t("rating.enabled")} valuePropName="checked" extra={t("rating.enabled_hint")}>
            <Switch />
          </Form.Item>
          <Form.Item name="days" label={t("rating.days")} rules={[{ required: true }]}>
            <InputNumber min={1} max={60} precision={0} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
