import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "quality", lazy: () => import("./score/QualityPage") },
  { path: "quality/rules", lazy: () => import("./rules/RulesPage") },
  { path: "setup/quality", lazy: () => import("./policy/PolicyPage") },
  { path: "quality/duplicates", lazy: () => import("./duplicates/DuplicatesPage") },
];
