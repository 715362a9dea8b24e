import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EmptyState } from "@/shared/ui/states";

export function NotFoundPage() {
  const { t } = useTranslation("app");
  return <EmptyState page title={t("page.missing")} why={t("page.missing_why")} action={<Link to="/">{t("nav.home")}</Link>} />;
}
