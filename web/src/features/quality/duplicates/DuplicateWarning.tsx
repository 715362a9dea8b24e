import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Typed } from "@/shared/slots/newCustomer";
import { useCheck, type Candidate } from "../api";
import { Reasons } from "./Reasons";

const PAUSE = 300;

/** While a new customer is typed: who it may be already. */
export function DuplicateWarning({ typed }: { typed: Typed }) {
  const { t } = useTranslation("quality");
  const [asked, setAsked] = useState<Typed>({});
  const { name, kind, phone, email } = typed;
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ name: name ?? "", kind: kind ?? "organisation", phone: phone ?? "", email: email ?? "" }), PAUSE);
    return () => clearTimeout(timer);
  }, [name, kind, phone, email]);
  const check = useCheck(asked);
  const found = (name || phone || email) ? check.data?.items ?? [] : [];
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <Alert
          showIcon
          type="warning"
          style={{ marginBlockEnd: 16 }}
          title={t(found.some((one) => one.verdict === "same") ? "warning.same" : "warning.look")}
          description={<ul style={{ paddingInlineStart: 18, margin: 0 }}>{found.slice(0, 5).map((one, number) => <Found key={one.id ?? `hidden-${number}`} one={one} />)}</ul>}
        />
      )}
    </div>
  );
}

function Found({ one }: { one: Candidate }) {
  const { t } = useTranslation("quality");
  const share = Math.floor(one.probability * 100);
  if (!one.visible) {
    return <li>{t(one.owner ? "warning.hidden" : "warning.hidden_unowned", { department: one.department ?? t("warning.no_department"), owner: one.owner })}</li>;
  }
  return (
    <li>
      <Link to={`/customers/${one.id}`} target="_blank" rel="noreferrer">{one.name}</Link>{" "}
      {t("warning.share", { share })}{one.owner ? ` · ${one.owner}` : ""}
      <div><Reasons reasons={one.reasons} most={3} /></div>
    </li>
  );
}
