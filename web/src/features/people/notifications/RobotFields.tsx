import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  hasSecret: boolean;
  companyRobot?: boolean;
  /** It is the company's own, not a person's. */
  company?: boolean;
}

/** A chat robot: which, its address and its secret; the names of the fields are `robot`, `robot_url`, `robot_secret`. */
export function RobotFields({ hasSecret, companyRobot, company = false }: Props) {
  const { t } = useTranslation("people");
  return (
    <>
      <Form.Item name="robot" label={t("notice.robot")} extra={companyRobot ? t("notice.robot_company") : t("notice.robot_why")}>
        <Select
          style={{ maxWidth: 280 }}
          options={[
            { value: "", label: t(company ? "notice.robot_no" : "notice.robot_none") },
            ...(["wecom", "dingtalk", "feishu"] as const).map((value) => ({ value, label: t(`notice.robot_${value}`) })),
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["robot"]}>
        {({ getFieldValue }) =>
          getFieldValue("robot") && (
            <>
              <Form.Item name="robot_url" label={t("notice.robot_url")} rules={[{ required: true, type: "url", message: t("notice.robot_url_missing") }]}>
                <Input autoComplete="off" maxLength={500} />
              </Form.Item>
              {getFieldValue("robot") !== "wecom" && (
                <Form.Item name="robot_secret" label={t("notice.robot_secret")} extra={hasSecret ? t("notice.robot_secret_kept") : t("notice.robot_secret_why")}>
                  <Input.Password autoComplete="new-password" maxLength={200} />
                </Form.Item>
              )}
            </>
          )
        }
      </Form.Item>
    </>
  );
}
