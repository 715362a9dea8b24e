import { useMutation } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { FormError } from "@/shared/ui/FormError";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { TableSkeleton } from "@/shared/ui/states";
import { setRules, useConsentRules, useRefreshConsents, WAYS, type Rules, type RulesIn } from "./api";
import styles from "./consent.module.css";

/** What the law asks for each purpose, and the hours in which the company leaves people in peace. */
export function Component() {
  const { t } = useTranslation("privacy");
  const rules = useConsentRules();
  return (
    <>
      <PageHeader title={t("consent.rules")} about={t("consent.rules_about")} />
      <Loaded query={rules} waiting={<TableSkeleton rows={6} />}>
        {(found) => <RulesForm rules={found} />}
      </Loaded>
    </>
  );
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation(["privacy", "shared"]);
  const { message } = App.useApp();
  const mayEdit = useCan(CAN.manageSetup);
  const refresh = useRefreshConsents();
  const save = useMutation({
    mutationFn: setRules,
    onSuccess: () => {
      refresh();
      void message.success(t("shared:state.saved"));
    },
  });
  const initial = { ...rules, quiet_from: rules.quiet_from?.slice(0, 5), quiet_until: rules.quiet_until?.slice(0, 5) } as RulesIn;
  return (
    <Form<RulesIn>
      layout="vertical"
      disabled={!mayEdit}
      initialValues={initial}
      onFinish={(entered) =>
        save.mutate({
          ...entered, quiet_from: entered.quiet_from || null, quiet_until: entered.quiet_until || null,
          purposes: rules.purposes.map((one, place) => ({ ...(one as RulesIn["purposes"][number]), ...entered.purposes[place] })),
        })
      }
    >
      <Panel title={t("consent.purposes_title")}>
        {rules.purposes.map((one, place) => (
          <div key={one.code} className={styles.purpose}>
            <Form.Item name={["purposes", place, "rule"]} label={t(`consent.purposes.${one.code}`, { defaultValue: one.code })}>
              <Radio.Group options={["consent", "refusal"].map((value) => ({ value, label: t(`consent.rule.${value}`) }))} />
            </Form.Item>
            <Form.Item name={["purposes", place, "legal_basis"]} label={t("consent.legal_basis")}>
              <Input.TextArea maxLength={1000} autoSize={{ minRows: 1, maxRows: 6 }} />
            </Form.Item>
          </div>
        ))}
      </Panel>
      <br />
      <Panel title={t("consent.company_quiet")}>
        <div className={styles.two}>
          <Form.Item name="quiet_from" label={t("consent.quiet_from")}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="quiet_until" label={t("consent.quiet_until")}>
            <Input type="time" />
          </Form.Item>
        </div>
        <Form.Item name="ways" label={t("consent.quiet_ways")}>
          <Checkbox.Group options={WAYS.map((value) => ({ value, label: t(`consent.ways.${value}`) }))} />
        </Form.Item>
        <FormError error={save.error} />
        {mayEdit && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("shared:action.save")}
          </Button>
        )}
      </Panel>
    </Form>
  );
}
