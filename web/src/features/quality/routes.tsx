import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "quality", lazy: () => import("./score/QualityPage") }];
