import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "quality/duplicates", lazy: () => import("./duplicates/DuplicatesPage") }];
