import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { AutoComplete, Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel, useLanguage } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { ADDRESS_KINDS, useAddresses, useProvinces, useRefreshProfile, writeAddresses, type Address, type AddressIn } from "./api";
import { ListBlock } from "./ListBlock";
import styles from "./profile.module.css";

const COUNTRIES = "CN US JP KR SG MY TH VN ID PH IN AU NZ GB IE DE FR NL BE CH AT IT ES PT SE NO DK FI PL CZ HU RO GR TR RU UA KZ AE SA IL EG ZA NG KE BR MX CA AR CL".split(" ");

const plain = ({ line: _, ...one }: Address) => one as AddressIn;

/** Where a customer is, in the order the reader's language writes addresses. */
export function AddressesBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const addresses = useAddresses(customerId);
  const label = useLabel();
  const format = useFormat();
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshProfile();
  const [at, setAt] = useState<number | null>(null);
  const items = addresses.data?.items ?? [];
  const version = addresses.data?.version ?? "";
  const drop = (place: number) => void writeAddresses(customerId, items.filter((_, n) => n !== place).map(plain), version).finally(refresh);
  return (
    <ListBlock title={t("address.block")} none={t("address.none")} query={addresses} empty={items.length === 0} onAdd={() => setAt(items.length)} dialog={at !== null && addresses.data && <AddressDialog customerId={customerId} items={items} version={version} at={at} onClose={() => setAt(null)} onSaved={refresh} />}>
      <ul className={styles.list}>
        {items.map((one, place) => (
          <li key={place} className={styles.item}>
            <span className={styles.text}>
              {label(one.line)}
              <span className={styles.under}>
                {" "}
                {t(`address.kinds.${one.kind}`)}
                {one.until && ` · ${t("address.until", { date: format.date(one.until) })}`}
              </span>
            </span>
            {mayEdit && (
              <span className={styles.tools}>
                <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("shared:action.edit")} ${label(one.line)}`} onClick={() => setAt(place)} />
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t("shared:action.delete")} ${label(one.line)}`} onClick={() => drop(place)} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}

interface Entered extends Omit<AddressIn, "valid_from" | "until"> {
  valid_from: Dayjs | null;
  until: Dayjs | null;
}

interface DialogProps {
  customerId: number;
  items: Address[];
  version: string;
  at: number;
  onClose: () => void;
  onSaved: () => void;
}

/** One address of a customer, new when there is none at its place. */
export function AddressDialog({ customerId, items, version, at, onClose, onSaved }: DialogProps) {
  const { t } = useTranslation("customers");
  const present = items[at];
  const day = (text: string | null | undefined) => (text ? dayjs(text) : null);
  const initial: Partial<Entered> = present
    ? { ...plain(present), valid_from: day(present.valid_from), until: day(present.until) }
    : { kind: "office", country: "CN", province: "", city: "", district: "", street: "", postcode: "", valid_from: null, until: null };
  const save = (entered: Entered) => {
    const mine = { ...entered, valid_from: entered.valid_from?.format("YYYY-MM-DD") ?? null, until: entered.until?.format("YYYY-MM-DD") ?? null } as AddressIn;
    const others = items.map(plain);
    others[at] = mine;
    return writeAddresses(customerId, others, version, at);
  };
  return (
    <FormDialog<Entered> open width={640} title={present ? t("address.change") : t("address.new")} initial={initial} save={save} onSaved={onSaved} onClose={onClose}>
      <div className={styles.two}>
        <Form.Item name="kind" label={t("address.kind")}>
          <Select options={ADDRESS_KINDS.map((value) => ({ value, label: t(`address.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item name="country" label={t("address.country")}>
          <CountrySelect />
        </Form.Item>
        <Form.Item noStyle shouldUpdate={(before: Entered, after: Entered) => before.country !== after.country}>
          {(form) => (
            <Form.Item name="province" label={t("address.province")}>
              <ProvinceInput chinese={form.getFieldValue("country") === "CN"} />
            </Form.Item>
          )}
        </Form.Item>
        {(["city", "district", "postcode"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`address.${name}`)}>
            <Input maxLength={name === "postcode" ? 12 : 60} autoComplete="off" />
          </Form.Item>
        ))}
      </div>
      <Form.Item name="street" label={t("address.street")}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className={styles.two}>
        {(["valid_from", "until"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`address.${name}_day`)}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
        ))}
      </div>
    </FormDialog>
  );
}

function CountrySelect({ id, value = "CN", onChange }: { id?: string; value?: string; onChange?: (code: string) => void }) {
  const names = new Intl.DisplayNames([useLanguage() === "zh" ? "zh-CN" : "en"], { type: "region" });
  const codes = COUNTRIES.includes(value) ? COUNTRIES : [value, ...COUNTRIES];
  return <Select id={id} showSearch={{ optionFilterProp: "label" }} value={value} onChange={onChange} options={codes.map((code) => ({ value: code, label: names.of(code) ?? code }))} />;
}

function ProvinceInput({ id, value, onChange, chinese }: { id?: string; value?: string; onChange?: (name: string) => void; chinese: boolean }) {
  const provinces = useProvinces();
  const label = useLabel();
  const options = chinese ? (provinces.data ?? []).map((one) => ({ value: one.label.zh, label: label(one.label) === one.label.zh ? one.label.zh : `${label(one.label)} ${one.label.zh}` })) : [];
  return <AutoComplete id={id} value={value} onChange={onChange} options={options} showSearch={{ filterOption: (text, option) => String(option?.label ?? "").toLowerCase().includes(text.toLowerCase()) }} />;
}
