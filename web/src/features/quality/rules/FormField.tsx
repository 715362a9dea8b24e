import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import { Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { useDetailText } from "@/shared/ui/states";
import styles from "../quality.module.css";
import { useTry } from "./api";

const READY = { mobile: "19{10}", landline: "099[9]-9{7,8}", credit_code: "X{18}", postcode: "9{6}", plate: "文A[·]X{5,6}" };

interface Props {
  id?: string;
  value?: string;
  onChange?: (pattern: string) => void;
}

/** The form of a text, with some that are ready, and a box to try it. */
export function FormField({ id, value = "", onChange }: Props) {
  const { t } = useTranslation("quality");
  const text = useDetailText();
  const [sample, setSample] = useState("");
  const tried = useTry(value, sample);
  const fault = tried.error instanceof ApiError ? tried.error.details[0] : undefined;
  const fits = tried.data?.fits;
  // What saving complained of stands at the field already.
  const { errors } = Form.Item.useStatus();
  return (
    <>
      <div className={styles.two}>
        <Input id={id} value={value} maxLength={200} autoComplete="off" spellCheck={false} onChange={(event) => onChange?.(event.target.value)} />
        <Select<string>
          aria-label={t("rules.ready")}
          placeholder={t("rules.ready")}
          value={null}
          onChange={(chosen) => onChange?.(chosen)}
          options={Object.entries(READY).map(([code, pattern]) => ({ value: pattern, label: `${t(`rules.form_of.${code}`)} ${pattern}` }))}
        />
      </div>
      <p className={styles.about}>{t("rules.form_hint")}</p>
      <Input
        aria-label={t("rules.try")}
        placeholder={t("rules.try")}
        value={sample}
        maxLength={400}
        autoComplete="off"
        onChange={(event) => setSample(event.target.value)}
        suffix={sample && fits !== undefined && !fault ? <span>{fits ? <CheckOutlined /> : <CloseOutlined />} {t(fits ? "rules.fits" : "rules.fits_not")}</span> : <span />}
      />
      {fault && errors.length === 0 && <p role="alert" className={styles.about}>{text(fault)}</p>}
    </>
  );
}
