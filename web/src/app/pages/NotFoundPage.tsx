import { Result } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function NotFoundPage() {
  const { t } = useTranslation("app");
  return <Result status="404" title={<h1 style={{ margin: 0, fontSize: 22 }}>{t("page.missing")}</h1>} subTitle={t("page.missing_why")} extra={<Link to="/">{t("nav.home")}</Link>} />;
}
