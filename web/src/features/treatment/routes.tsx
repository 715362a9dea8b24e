import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "value/accountability", lazy: () => import("./AccountabilityPage") },
  { path: "setup/treatment", lazy: () => import("./PolicyPage") },
];
