import { GlobalOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { switchLanguage, useLanguage } from "@/shared/i18n/i18n";
import { useSettingsQuery } from "@/shared/session/session";
import { PyramidMark } from "@/shared/ui/PyramidMark";
import styles from "./SignInPage.module.css";

/** The box of the pages before sign-in: mark, company, language. */
export function DoorFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation("app");
  const language = useLanguage();
  const company = useSettingsQuery().data?.company;
  return (
    <main className={styles.page}>
      <title>{`${title} · Jinzita`}</title>
      <div className={styles.box}>
        <div className={styles.brand}>
          <PyramidMark size={52} />
          <h1>{title}</h1>
          <p>{company && company !== "Jinzita" ? company : t("sign_in.slogan")}</p>
        </div>
        {children}
        <Button type="link" icon={<GlobalOutlined />} lang={language === "zh" ? "en" : "zh-CN"} onClick={() => void switchLanguage(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "English" : "简体中文"}
        </Button>
      </div>
    </main>
  );
}
