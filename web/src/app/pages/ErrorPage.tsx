import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { ApiError } from "@/shared/api/request";
import { ErrorState } from "@/shared/ui/states";
import { NotFoundPage } from "./NotFoundPage";

/** What stands in place of a page that failed; the frame stays usable. */
export function ErrorPage() {
  const { t } = useTranslation("app");
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  if (error instanceof ApiError) return <ErrorState error={error} retry={() => location.reload()} />;
  // After an update the old page asks for files that are gone: loading again brings the new ones.
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Result
      status="error"
      title={t(outdated ? "page.updated" : "page.failed")}
      subTitle={t(outdated ? "page.updated_why" : "page.failed_why")}
      extra={[
        <Button key="reload" type="primary" onClick={() => location.reload()}>
          {t("page.reload")}
        </Button>,
        <Link key="home" to="/">
          {t("nav.home")}
        </Link>,
      ]}
    />
  );
}
