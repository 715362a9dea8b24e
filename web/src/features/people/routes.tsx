import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "people/map", lazy: () => import("./map/MapPage") },
  { path: "people/ratings", lazy: () => import("./ratings/RatingsPage") },
  { path: "setup/duties", lazy: () => import("./duties/JobDutiesPage") },
  { path: "people/users", lazy: () => import("./users/UsersPage") },
  { path: "people/roles", lazy: () => import("./roles/RolesPage") },
  { path: "people/departments", lazy: () => import("./departments/DepartmentsPage") },
  { path: "people/api-keys", lazy: () => import("./keys/ApiKeysPage") },
  { path: "people/audit", lazy: () => import("./audit/AuditPage") },
  { path: "me/security", lazy: () => import("./signin/SecurityPage") },
  { path: "admin/security", lazy: () => import("./signin/CompanySecurityPage") },
  { path: "notifications", lazy: () => import("./notifications/NotificationsPage") },
  { path: "admin/mails", lazy: () => import("./mails/MailsPage") },
];
