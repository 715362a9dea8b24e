import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "imports", lazy: () => import("./imports/ImportsPage") },
  { path: "imports/new", lazy: () => import("./wizard/WizardPage") },
  { path: "imports/:importId", lazy: () => import("./imports/ImportPage") },
  { path: "demo", lazy: () => import("./demo/DemoPage") },
  { path: "admin/webhooks", lazy: () => import("./webhooks/WebhooksPage") },
];
