import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "customers", lazy: () => import("./list/CustomersPage") },
  { path: "contacts", lazy: () => import("./contacts/ContactsPage") },
  { path: "trash", lazy: () => import("./trash/TrashPage") },
  { path: "changes", lazy: () => import("./changes/ChangesPage") },
];
