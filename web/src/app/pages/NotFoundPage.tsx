import { Result } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function NotFoundPage() {
  const { t } = useTranslation("app");
  return <Result status="404" title={t("page.missing")} subTitle={t("page.missing_why")} extra={<Link to="/">{t("nav.home")}</Link>} />;
}
