import type { Standing } from "@/shared/api/types";
import type { Overridden } from "@/shared/ui/Grade";

interface Named {
  id: number;
  name: string;
}

/** A customer or contact in the trash. */
export interface Trashed {
  type: "customer" | "contact";
  id: number;
  name: string;
  kind: string | null;
  computed_grade: string | null;
  override: Overridden | null;
  grade: Standing | null;
  owner: Named | null;
  department: Named | null;
  customer: Named | null;
  trashed_at: string;
  trashed_by: Named | string | null;
  purge_on: string | null;
}
