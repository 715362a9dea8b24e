/** The pages by job, in the order of the left navigation; the palette offers the same. */
import {
  FileProtectOutlined, SolutionOutlined,
  ClearOutlined, FieldTimeOutlined,
  CarryOutOutlined, DashboardOutlined, CheckSquareOutlined,
  CheckCircleOutlined, FileDoneOutlined, FunnelPlotOutlined, RetweetOutlined,
  ApiOutlined, AuditOutlined, BranchesOutlined, ContactsOutlined, ControlOutlined, ExperimentOutlined, HistoryOutlined, ImportOutlined, InboxOutlined, ScheduleOutlined, MailOutlined, MergeCellsOutlined, PartitionOutlined, PushpinOutlined, ProfileOutlined, QuestionCircleOutlined,
  SafetyCertificateOutlined, SafetyOutlined, SendOutlined,
  ApartmentOutlined, IdcardOutlined, StarOutlined,
  DeleteOutlined, SwapOutlined, TeamOutlined, UndoOutlined, UserOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Me } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { allowed } from "@/shared/session/session";
import { PyramidMark } from "@/shared/ui/PyramidMark";

export interface Place {
  /** Key of its words: `app:nav.<code>`. */
  code: string;
  path: string;
  icon: ReactNode;
  needs?: string;
}

interface PlaceGroup {
  code: string;
  places: Place[];
}

export const PLACES: PlaceGroup[] = [
  { code: "customers", places: [{ code: "today", path: "/today", icon: <ScheduleOutlined />, needs: CAN.read }, { code: "duties", path: "/duties", icon: <FieldTimeOutlined />, needs: CAN.read }, { code: "customer_list", path: "/customers", icon: <TeamOutlined />, needs: CAN.read }, { code: "contacts", path: "/contacts", icon: <ContactsOutlined />, needs: CAN.read },
    { code: "lifecycle", path: "/customers/lifecycle", icon: <FunnelPlotOutlined />, needs: CAN.read }, { code: "pool", path: "/customers/pool", icon: <InboxOutlined />, needs: CAN.read },
    { code: "hand_over", path: "/customers/hand-over", icon: <SwapOutlined />, needs: CAN.assign }] },
  {
    code: "value",
    places: [
      { code: "pyramid", path: "/", icon: <PyramidMark mono size={14} />, needs: CAN.read },
      { code: "model", path: "/value/model", icon: <ControlOutlined />, needs: CAN.read },
      { code: "runs", path: "/value/runs", icon: <HistoryOutlined />, needs: CAN.read },
      { code: "overrides", path: "/value/overrides", icon: <PushpinOutlined />, needs: CAN.read },
      { code: "accountability", path: "/value/accountability", icon: <SolutionOutlined />, needs: CAN.read },
      { code: "adviser", path: "/value/should-we-grade", icon: <QuestionCircleOutlined />, needs: CAN.read },
    ],
  },
  {
    code: "people",
    places: [
      { code: "people_map", path: "/people/map", icon: <ApartmentOutlined />, needs: CAN.read },
      { code: "ratings", path: "/people/ratings", icon: <StarOutlined />, needs: CAN.read },
    ],
  },
  { code: "data", places: [{ code: "quality", path: "/quality", icon: <CheckSquareOutlined />, needs: CAN.read },
      { code: "weekly", path: "/quality/weekly", icon: <CarryOutOutlined />, needs: CAN.read },
      { code: "imports", path: "/imports", icon: <ImportOutlined />, needs: CAN.importData },
      { code: "duplicates", path: "/quality/duplicates", icon: <MergeCellsOutlined />, needs: CAN.read },
      { code: "changes", path: "/changes", icon: <UndoOutlined />, needs: CAN.editCustomers },
      { code: "trash", path: "/trash", icon: <DeleteOutlined />, needs: CAN.delete },
    ] },
  {
    code: "setup",
    places: [
      { code: "setup_treatment", path: "/setup/treatment", icon: <FileProtectOutlined />, needs: CAN.manageSetup },
      { code: "setup_attributes", path: "/setup/attributes", icon: <ProfileOutlined />, needs: CAN.manageSetup },
      { code: "setup_lifecycle", path: "/setup/lifecycle", icon: <RetweetOutlined />, needs: CAN.manageSetup },
      { code: "setup_consent", path: "/setup/consent", icon: <CheckCircleOutlined />, needs: CAN.manageSetup },
      { code: "setup_retention", path: "/setup/retention", icon: <ClearOutlined />, needs: CAN.handlePrivacy },
      { code: "setup_classification", path: "/setup/classification", icon: <PartitionOutlined />, needs: CAN.manageSetup },
      { code: "setup_quality", path: "/setup/quality", icon: <DashboardOutlined />, needs: CAN.manageSetup },
      { code: "quality_rules", path: "/quality/rules", icon: <FileDoneOutlined />, needs: CAN.manageSetup },
      { code: "setup_duties", path: "/setup/duties", icon: <IdcardOutlined />, needs: CAN.managePeople },
      { code: "setup_pool", path: "/setup/pool", icon: <InboxOutlined />, needs: CAN.manageSetup },
    ],
  },
  {
    code: "administration",
    places: [
      { code: "users", path: "/people/users", icon: <UserOutlined />, needs: CAN.managePeople },
      { code: "roles", path: "/people/roles", icon: <SafetyCertificateOutlined />, needs: CAN.managePeople },
      { code: "departments", path: "/people/departments", icon: <BranchesOutlined />, needs: CAN.managePeople },
      { code: "api_keys", path: "/people/api-keys", icon: <ApiOutlined />, needs: CAN.manageKeys },
      { code: "audit", path: "/people/audit", icon: <AuditOutlined />, needs: CAN.readAudit },
      { code: "security", path: "/admin/security", icon: <SafetyOutlined />, needs: CAN.managePeople },
      { code: "webhooks", path: "/admin/webhooks", icon: <SendOutlined />, needs: CAN.manageWebhooks },
      { code: "mails", path: "/admin/mails", icon: <MailOutlined />, needs: CAN.managePeople },
      { code: "demo", path: "/demo", icon: <ExperimentOutlined />, needs: CAN.manageDemo },
    ],
  },
];

/** The places a person may go to; groups without any are left out. */
export function placesFor(me: Me): PlaceGroup[] {
  return PLACES.map((group) => ({ ...group, places: group.places.filter((place) => allowed(me, place.needs)) })).filter(
    (group) => group.places.length > 0,
  );
}

/** The place an address belongs to: the longest path it begins with. */
export function placeOf(pathname: string): Place | undefined {
  return PLACES.flatMap((group) => group.places)
    .filter((place) => place.path === pathname || (place.path !== "/" && pathname.startsWith(`${place.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
