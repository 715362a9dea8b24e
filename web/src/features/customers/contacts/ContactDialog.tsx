import { DatePicker, Divider, Form, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useConflicts } from "@/shared/conflict/ConflictDialog";
import { FormDialog } from "@/shared/ui/FormDialog";
import { changed } from "../edit/changed";
import { useFieldWords } from "../edit/useFieldWords";
import { TagsInput } from "../list/TagsInput";
import { CustomerSelect } from "../profile/CustomerSelect";
import { addPosition, changePosition, createContact, ROLES, useRefreshContacts, type ChannelIn, type ContactChange, type ContactDetail, type Position } from "./api";
import { ChannelsField, toItems, toWire } from "./ChannelsField";
import styles from "./contacts.module.css";
import { saveContact } from "./saveContact";

type Role = (typeof ROLES)[number] | "";

interface Entered {
  name: string;
  salutation: string;
  gender: "" | "female" | "male";
  birthday: Dayjs | null;
  department: string;
  title: string;
  notes: string;
  tags: string[];
  channels: ChannelIn[];
  customer_id?: number;
  role?: Role;
  influence?: number | null;
}

interface Props {
  /** null makes a new one. */
  contact: ContactDetail | null;
  /** Where a new contact is; asked for when not given. */
  customerId?: number;
  onClose: () => void;
}

const EMPTY = { name: "", salutation: "", gender: "", birthday: null, department: "", title: "", notes: "" } as const;

/** Makes a contact at a customer, or changes one; the part it takes in decisions belongs to its place there. */
export function ContactDialog({ contact, customerId, onClose }: Props) {
  const { t } = useTranslation("customers");
  const refresh = useRefreshContacts();
  const conflicts = useConflicts(useFieldWords("contacts"));
  const seat = contact?.positions.find((one) => one.customer.id === customerId);
  const initial: Partial<Entered> = contact
    ? { ...contact, gender: contact.gender as Entered["gender"], birthday: contact.birthday ? dayjs(contact.birthday) : null, channels: toItems(contact.channels), role: (seat?.role ?? "") as Role, influence: seat?.influence }
    : { ...EMPTY, tags: [], customer_id: customerId, role: "", channels: [{ kind: "phone", value: "", label: "mobile", validity: "unknown", validity_reason: "", is_primary: true }] };
  const save = async (entered: Entered) => {
    const { role = "", influence = null, customer_id, channels, birthday, ...rest } = entered;
    const fields = { ...rest, birthday: birthday?.format("YYYY-MM-DD") ?? null, channels: toWire(channels) };
    if (!contact) return createContact({ ...fields, positions: [{ customer_id: customer_id ?? 0, role, influence }] } as Parameters<typeof createContact>[0]);
    // Only what was changed is sent: the rest may have been changed by somebody else meanwhile.
    const change = changed(fields, { ...contact, channels: toWire(toItems(contact.channels)) });
    const saved = Object.keys(change).length > 0 ? await saveContact(contact.id, { ...change, version: contact.version } as ContactChange, conflicts.ask) : contact;
    return seat && (seat.role !== role || seat.influence !== influence) ? changePosition(seat.id, { role, influence } as Parameters<typeof changePosition>[1]) : saved;
  };
  return (
    <>
    {conflicts.dialog}
    <FormDialog<Entered, ContactDetail> open width={680} title={contact ? t("contact.change") : t("contact.new")} initial={initial} save={save} onSaved={refresh} onClose={onClose}>
      <div className={styles.two}>
        <Form.Item name="name" label={t("contact.name")} rules={[{ required: true, whitespace: true, message: t("contact.name_missing") }]}>
          <Input autoFocus maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="title" label={t("contact.title")}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="department" label={t("contact.department")}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {!contact && customerId === undefined && (
          <Form.Item name="customer_id" label={t("list.customer")} rules={[{ required: true, message: t("contact.customer_missing") }]}>
            <CustomerSelect />
          </Form.Item>
        )}
        {(seat ?? !contact) && <RoleItems />}
      </div>
      <Divider titlePlacement="start" plain>
        {t("channel.title")}
      </Divider>
      <ChannelsField />
      <Divider titlePlacement="start" plain>
        {t("contact.more")}
      </Divider>
      <div className={styles.two}>
        <Form.Item name="salutation" label={t("contact.salutation")}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="gender" label={t("contact.gender")}>
          <Select options={[{ value: "", label: t("contact.unknown") }, { value: "female", label: t("contact.female") }, { value: "male", label: t("contact.male") }]} />
        </Form.Item>
        <Form.Item name="birthday" label={t("contact.birthday")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="tags" label={t("contact.tags")}>
        <TagsInput kind="contacts" />
      </Form.Item>
      <Form.Item name="notes" label={t("contact.notes")}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </FormDialog>
    </>
  );
}

function RoleItems() {
  const { t } = useTranslation("customers");
  return (
    <>
      <Form.Item name="role" label={t("contact.role")}>
        <Select options={[{ value: "", label: t("contact.unknown") }, ...ROLES.map((role) => ({ value: role, label: t(`contact.roles.${role}`) }))]} />
      </Form.Item>
      <Form.Item name="influence" label={t("contact.influence")}>
        <InputNumber min={1} max={5} precision={0} style={{ width: "100%" }} />
      </Form.Item>
    </>
  );
}

interface Seated {
  customer_id: number;
  title: string;
  role: Role;
  influence: number | null;
  until: Dayjs | null;
}

/** Lets a contact work at one more customer, or changes what it is at one. */
export function PositionDialog({ contact, position, onClose }: { contact: ContactDetail; position: Position | null; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const refresh = useRefreshContacts();
  const initial: Partial<Seated> = position
    ? { title: position.title, role: position.role as Role, influence: position.influence, until: position.until ? dayjs(position.until) : null }
    : { title: "", role: "", influence: null, until: null };
  const save = ({ customer_id, until, ...rest }: Seated) => {
    const given = { ...rest, influence: rest.influence ?? null, until: until?.format("YYYY-MM-DD") ?? null };
    return position
      ? changePosition(position.id, given as Parameters<typeof changePosition>[1])
      : addPosition(contact.id, { ...given, customer_id } as Parameters<typeof addPosition>[1]);
  };
  return (
    <FormDialog<Seated, ContactDetail> open title={position ? position.customer.name : t("contact.add_position")} initial={initial} save={save} onSaved={refresh} onClose={onClose}>
      {!position && (
        <Form.Item name="customer_id" label={t("list.customer")} rules={[{ required: true, message: t("contact.customer_missing") }]}>
          <CustomerSelect />
        </Form.Item>
      )}
      <Form.Item name="title" label={t("contact.title")}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <RoleItems />
      <Form.Item name="until" label={t("contact.until")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}
