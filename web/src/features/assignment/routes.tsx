import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "customers/pool", lazy: () => import("./pool/PoolPage") },
  { path: "customers/pool/warnings", lazy: () => import("./pool/PoolPage") },
  { path: "customers/hand-over", lazy: () => import("./hand-over/HandOverPage") },
  { path: "setup/pool", lazy: () => import("./pool/PoolSetupPage") },
];
