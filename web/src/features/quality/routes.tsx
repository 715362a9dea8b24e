import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "quality", lazy: () => import("./score/QualityPage") },
  { path: "quality/duplicates", lazy: () => import("./duplicates/DuplicatesPage") },
];
