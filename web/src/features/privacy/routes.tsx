import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "setup/consent", lazy: () => import("./consent/ConsentRulesPage") },
  { path: "setup/retention", lazy: () => import("./retention/RetentionPage") },
];
