import { createBrowserRouter, type RouteObject } from "react-router";
import { routes as assignment } from "@/features/assignment/routes";
import { routes as customers } from "@/features/customers/routes";
import { routes as integration } from "@/features/integration/routes";
import { routes as people } from "@/features/people/routes";
import { routes as privacy } from "@/features/privacy/routes";
import { routes as quality } from "@/features/quality/routes";
import { routes as treatment } from "@/features/treatment/routes";
import { routes as value } from "@/features/value/routes";
import { Frame } from "./frame/Frame";
import { ErrorPage } from "./pages/ErrorPage";
import { NotFoundPage } from "./pages/NotFoundPage";
import { InvitationPage, ResetPasswordPage } from "./pages/PasswordLinkPage";
import { SignedIn } from "./SignedIn";
import { SignInPage } from "./pages/SignInPage";

/** Pages made of several capabilities are composed here; the others belong to their feature. */
const composed: RouteObject[] = [
  { path: "customers/:customerId", lazy: () => import("./pages/CustomerPage") },
  { path: "customers/:customerId/sheet", lazy: () => import("./pages/CustomerSheetPage") },
  { path: "people/:personId", lazy: () => import("./pages/PersonPage") },
  { path: "quality/weekly", lazy: () => import("./pages/WeeklyPage") },
  { path: "today", lazy: () => import("./pages/TodayPage") },
  { path: "duties", lazy: () => import("./pages/DutiesPage") },
  { path: "customers/pool", lazy: () => import("./pages/PoolPage") },
  { path: "customers/pool/warnings", lazy: () => import("./pages/PoolPage") },
  { path: "me", lazy: () => import("./pages/ProfilePage") },
];

export function createRouter() {
  return createBrowserRouter([
    { path: "/sign-in", element: <SignInPage />, errorElement: <ErrorPage /> },
    { path: "/invitation", element: <InvitationPage />, errorElement: <ErrorPage /> },
    { path: "/reset-password", element: <ResetPasswordPage />, errorElement: <ErrorPage /> },
    {
      path: "/",
      element: (
        <SignedIn>
          <Frame />
        </SignedIn>
      ),
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <ErrorPage />,
          children: [...value, ...treatment, ...customers, ...assignment, ...privacy, ...integration, ...people, ...quality, ...composed, { path: "*", element: <NotFoundPage /> }],
        },
      ],
    },
  ]);
}
