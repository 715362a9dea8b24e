/** A form in a dialog: what was typed stays when the server says no, and each complaint stands at its field. */
import { useMutation } from "@tanstack/react-query";
import { Form, Modal, type FormInstance } from "antd";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/request";
import type { ErrorDetail } from "../api/types";
import { FormError } from "./FormError";
import { useOpenForm } from "./openForms";
import { useDetailText } from "./states";
import { useFocusBack } from "./useFocusBack";

interface Props<Entered extends object, Saved> {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  initial?: Partial<Entered>;
  save: (entered: Entered) => Promise<Saved>;
  onSaved?: (saved: Saved) => void;
  okText?: string;
  width?: number;
  /** What is done cannot be taken back. */
  danger?: boolean;
  children: ReactNode | ((form: FormInstance<Entered>) => ReactNode);
}

/** The part of a complaint's place that names a field of the form: "items[0].amount" → "amount", "channels[1].value" → "channels.1.value". */
export function fieldOf(where: string): string {
  return where.replace(/^items\[\d+\]\.?/, "").replace(/\[(\d+)\]/g, ".$1");
}

/** Below its field a complaint is a sentence of its own. */
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A field's place in the form: numbers are places in a list. */
const pathOf = (field: string) => field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

interface Sorted {
  /** What stands at a field of the form. */
  atFields: { name: (string | number)[]; detail: ErrorDetail }[];
  /** The error with the details no field can show. */
  rest: unknown;
}

/** Sorts an error's details into those a field of the form can show and the others. */
export function sortComplaints(error: unknown, fields: Set<string>): Sorted {
  if (!(error instanceof ApiError)) return { atFields: [], rest: error };
  const isKnown = (detail: ErrorDetail) => fields.has(fieldOf(detail.where));
  return {
    atFields: error.details.filter(isKnown).map((detail) => ({ name: pathOf(fieldOf(detail.where)), detail })),
    rest: new ApiError(error.status, error.code, error.message, error.details.filter((detail) => !isKnown(detail))),
  };
}

export function FormDialog<Entered extends object, Saved = unknown>(props: Props<Entered, Saved>) {
  const { open, title, onClose, okText, danger, width = 520 } = props;
  const { t } = useTranslation("shared");
  const id = useId();
  const saving = useMutation({ mutationFn: props.save });
  const close = () => {
    saving.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={title}
      width={width}
      onCancel={close}
      okText={okText ?? t("action.save")}
      cancelText={t("action.cancel")}
      okButtonProps={{ htmlType: "submit", form: id, loading: saving.isPending, danger }}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Body {...props} id={id} saving={saving} close={close} />
    </Modal>
  );
}

interface BodyProps<Entered extends object, Saved> extends Props<Entered, Saved> {
  id: string;
  saving: ReturnType<typeof useMutation<Saved, Error, Entered>>;
  close: () => void;
}

function Body<Entered extends object, Saved>({ id, saving, close, initial, onSaved, children }: BodyProps<Entered, Saved>) {
  const [form] = Form.useForm<Entered>();
  const text = useDetailText();
  const [unplaced, setUnplaced] = useState<unknown>(null);
  useFocusBack();
  useOpenForm();
  const submit = (entered: Entered) =>
    void saving.mutateAsync(entered).then(
      (saved) => {
        close();
        onSaved?.(saved);
      },
      (error: unknown) => {
        const { atFields, rest } = sortComplaints(error, new Set(form.getFieldsError().map((field) => field.name.join("."))));
        form.setFields(atFields.map(({ name, detail }) => ({ name, errors: [capitalised(text(detail))] })) as never);
        setUnplaced(rest);
      },
    );
  return (
    <Form<Entered> id={id} form={form} layout="vertical" initialValues={initial} onFinish={submit} scrollToFirstError requiredMark>
      {typeof children === "function" ? children(form) : children}
      <FormError error={saving.error && unplaced} />
    </Form>
  );
}
