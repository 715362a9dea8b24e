import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "customers", lazy: () => import("./list/CustomersPage") },
  { path: "trash", lazy: () => import("./trash/TrashPage") },
  { path: "changes", lazy: () => import("./changes/ChangesPage") },
];
