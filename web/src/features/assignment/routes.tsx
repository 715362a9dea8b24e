import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "customers/hand-over", lazy: () => import("./hand-over/HandOverPage") },
  { path: "setup/pool", lazy: () => import("./pool/PoolSetupPage") },
];
