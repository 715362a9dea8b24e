import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "customers", lazy: () => import("./list/CustomersPage") },
  { path: "customers/merge", lazy: () => import("./merge/MergePage") },
  { path: "customers/merges/:mergeId", lazy: () => import("./merge/MergeResultPage") },
  { path: "customers/lifecycle", lazy: () => import("./lifecycle/LifecyclePage") },
  { path: "setup/lifecycle", lazy: () => import("./lifecycle/StageRulesPage") },
  { path: "contacts", lazy: () => import("./contacts/ContactsPage") },
  { path: "contacts/merge", lazy: () => import("./contacts/MergeContactsPage") },
  { path: "trash", lazy: () => import("./trash/TrashPage") },
  { path: "trash/contacts", lazy: () => import("./trash/ContactTrashPage") },
  { path: "setup/attributes", lazy: () => import("./setup/AttributesPage") },
  { path: "setup/classification", lazy: () => import("./setup/ClassificationPage") },
  { path: "changes", lazy: () => import("./changes/ChangesPage") },
];
