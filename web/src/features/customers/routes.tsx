import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "customers", lazy: () => import("./list/CustomersPage") }];
