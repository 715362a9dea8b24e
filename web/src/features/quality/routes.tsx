import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "quality", lazy: () => import("./score/QualityPage") },
  { path: "quality/rules", lazy: () => import("./rules/RulesPage") },
  { path: "quality/duplicates", lazy: () => import("./duplicates/DuplicatesPage") },
];
