import { Button, type Breakpoint } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field, Standing } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { callHref, mailHref } from "@/shared/format/reach";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import type { DataColumn } from "@/shared/table/DataTable";
import { fieldColumns } from "@/shared/table/fieldColumns";
import type { Column } from "@/shared/table/layout";
import { GradeBadge } from "@/shared/ui/Grade";
import { inPlace, type Editing } from "../list/inPlace";
import { NeverMark } from "../list/NeverMark";
import { Tags } from "../list/Tags";
import type { Contact } from "./api";
import styles from "./contacts.module.css";
import { RoleTag } from "./Ways";

const WIDTH: Record<string, number> = { name: 170, customer: 320, title: 160, department: 150, role: 140, phone: 160, email: 220, notes: 240, created_at: 180 };
const USUAL_WIDTH = 130;

/** The columns of the list of contacts; on a phone two that carry the essentials. */
export function useContactColumns(shown: Field[], layout: Column[], phone: boolean, open: (id: number) => void, editing: Editing<Contact>): DataColumn<Contact>[] {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const label = useLabel();
  const { may, cell, place } = editing;
  return useMemo(() => {
    if (phone) return phoneColumns(t("contact.name"), t("edit.phone"), open);
    const width = Object.fromEntries(shown.map(({ code }) => [code, layout.find((column) => column.code === code)?.width ?? WIDTH[code] ?? USUAL_WIDTH]));
    const columns = fieldColumns<Contact>(shown, {
      format,
      label,
      words: { yes: t("shared:yes"), no: t("shared:no") },
      width,
      render: {
        name: (row) => <Name row={row} open={open} />,
        customer: (row) => <Seat row={row} />,
        title: (row) => row.positions[0]?.title || row.title || UNKNOWN,
        role: (row) => (row.positions[0]?.role ? <RoleTag role={row.positions[0].role} influence={row.positions[0].influence} /> : UNKNOWN),
        phone: (row) => <Phone row={row} />,
        tags: (row) => <Tags tags={row.tags} />,
        email: (row) => <Reach href={mailHref(row.email)} text={row.email} />,
      },
    });
    const named = columns.map((column) => (column.key === "name" ? { ...column, fixed: "left" as const } : column));
    return inPlace(named, shown, editing);
    // What opens, closes and saves is made anew at each draw; what it does stays the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, layout, phone, open, format, label, t, may, cell, place]);
}

function Name({ row, open }: { row: Contact; open: (id: number) => void }) {
  return (
    <>
      <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => open(row.id)}>{row.name}</Button>
      {row.added?.do_not_contact === true && <NeverMark />}
    </>
  );
}

function Phone({ row }: { row: Contact }) {
  return <Reach href={callHref(row.phone)} text={row.phone} />;
}

/** A phone to call or an address to write to; only read where the role masks it. */
function Reach({ href, text }: { href: string | undefined; text: string | null }) {
  return href ? <a href={href}>{text}</a> : text || UNKNOWN;
}

/** Where somebody works mainly, of the customers one sees. */
function Seat({ row }: { row: Contact }) {
  const { t } = useTranslation("customers");
  const seat = row.positions[0];
  if (!seat) return UNKNOWN;
  const { customer } = seat;
  return (
    <span className={styles.seat}>
      <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
      <GradeBadge grade={customer.grade as Standing} override={customer.override} computed={customer.computed_grade} />
      {row.positions.length > 1 && <span className={styles.under}>{t("contact.and_more", { count: row.positions.length - 1 })}</span>}
    </span>
  );
}

/** Said so that the table breaks long names instead of scrolling sideways. */
const PHONE: Breakpoint[] = ["xs", "sm"];

function phoneColumns(name: string, phone: string, open: (id: number) => void): DataColumn<Contact>[] {
  return [
    {
      key: "name", title: name, sortable: true, className: styles.pressed, responsive: PHONE,
      render: (_, row) => (
        <>
          <Name row={row} open={open} />
          <div className={styles.under}>{row.positions[0]?.customer.name}</div>
        </>
      ),
    },
    { key: "phone", title: phone, width: 128, responsive: PHONE, render: (_, row) => <Phone row={row} /> },
  ];
}
