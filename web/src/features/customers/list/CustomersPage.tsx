import { PlusOutlined } from "@ant-design/icons";
import { Button, Grid, Space } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { FilterBar } from "@/shared/filter/FilterBar";
import { NO_FILTER } from "@/shared/filter/filter";
import { useListState, type ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { DataTable } from "@/shared/table/DataTable";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { useCustomerCount, useCustomers, useDepartments, useFields, useOwners } from "../api";
import { CustomerDialog } from "../edit/CustomerDialog";
import { useCustomerColumns } from "./columns";
import { keepColumns, readColumns, shownFields, withPeople } from "./fields";
import { ColumnChooser, ExportButton, GradeFilter, isDirect, isGradeChoice } from "./ListTools";

const USUAL_SORT = "-score";

/** All customers the person may see: searched, filtered, sorted and paged by the server. */
export function Component() {
  const { t } = useTranslation("customers");
  const list = useListState(USUAL_SORT);
  const declared = useFields("customers");
  const owners = useOwners();
  const departments = useDepartments();
  const customers = useCustomers(list.query);
  const count = useCustomerCount(list.scope);
  const mayEdit = useCan(CAN.editCustomers);
  const mayExport = useCan(CAN.exportData);
  const [chosen, setChosen] = useState(readColumns);
  const fields = useMemo(() => withPeople(declared.data ?? [], owners.data, departments.data), [declared.data, owners.data, departments.data]);
  const shown = useMemo(() => shownFields(fields, chosen), [fields, chosen]);
  const phone = Grid.useBreakpoint().md === false;
  const columns = useCustomerColumns(shown, phone);
  const create = useCreate();
  const total = count.data?.count;

  if (declared.error && !declared.data) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  return (
    <>
      <PageHeader
        title={t("list.title")}
        count={total !== undefined && <NumberText value={total} />}
        actions={
          <>
            {!phone && <ColumnChooser fields={fields} shown={shown} onChange={(codes) => { keepColumns(codes); setChosen(codes); }} />}
            {mayExport && <ExportButton list={list} shown={shown} />}
            {mayEdit && (
              <Button type="primary" icon={<PlusOutlined />} onClick={create.start}>
                {t("list.new")}
              </Button>
            )}
          </>
        }
      />
      <FilterBar fields={fields} list={list} searchLabel={t("list.search")} kind="customers" shownByChildren={(condition) => isDirect(list.filter) && isGradeChoice(condition)}>
        <GradeFilter list={list} />
      </FilterBar>
      {declared.data ? (
        <DataTable
          label={t("list.title")}
          rowKey="id"
          columns={columns}
          rows={customers.data?.items}
          list={list}
          count={total}
          loading={customers.isPlaceholderData}
          error={customers.error}
          retry={() => void customers.refetch()}
          empty={<Nothing list={list} onCreate={mayEdit ? create.start : undefined} />}
        />
      ) : (
        <TableSkeleton rows={12} />
      )}
      {create.open && <CustomerDialog customer={null} onClose={create.stop} onSaved={create.saved} />}
    </>
  );
}

/** "/customers?create=1" opens the form, so that the palette and other pages can ask for it. */
function useCreate() {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const put = (open: boolean) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (open) next.set("create", "1");
      else next.delete("create");
      return next;
    }, { replace: true });
  return {
    open: params.get("create") === "1",
    start: () => put(true),
    stop: () => put(false),
    saved: (id: number) => void navigate(`/customers/${id}`),
  };
}

function Nothing({ list, onCreate }: { list: ListControl; onCreate?: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const mayImport = useCan(CAN.importData);
  const mayDemo = useCan(CAN.manageDemo);
  const navigate = useNavigate();
  if (list.q || list.filter.conditions.length > 0) {
    return <EmptyState title={t("list.not_found")} why={t("list.not_found_why")} action={<Button onClick={() => list.set({ q: "", filter: NO_FILTER })}>{t("list.show_all")}</Button>} />;
  }
  return (
    <EmptyState
      title={t("list.none")}
      why={mayImport ? t("list.none_why") : t("list.none_of_yours")}
      action={
        <Space wrap>
          {mayImport && <Button type="primary" onClick={() => void navigate("/imports/new")}>{t("list.import")}</Button>}
          {!mayImport && onCreate && <Button onClick={onCreate}>{t("list.new")}</Button>}
          {mayDemo && <Link to="/demo">{t("list.demo")}</Link>}
        </Space>
      }
    />
  );
}
