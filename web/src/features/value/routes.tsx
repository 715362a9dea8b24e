import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { index: true, lazy: () => import("./pages/PyramidPage") },
  { path: "value/model", lazy: () => import("./pages/ModelPage") },
  { path: "value/runs", lazy: () => import("./pages/RunsPage") },
  { path: "value/runs/:runId", lazy: () => import("./pages/RunPage") },
  { path: "value/overrides", lazy: () => import("./overrides/OverridesPage") },
  { path: "value/should-we-grade", lazy: () => import("./pages/AdviserPage") },
];
