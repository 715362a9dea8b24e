import { useOverCapacity } from "@/shared/ui/useOverCapacity";
import { assignPooled } from "./api";

/** Gives customers of the pool to somebody; asks first where that is more than one person may hold. Null: thought better of. */
export function useAssign() {
  const askOver = useOverCapacity();
  return async (ids: number[], owner: number) => {
    try {
      return await assignPooled(ids, owner, false);
    } catch (error) {
      const over = await askOver(error);
      if (over === null) throw error;
      return over ? assignPooled(ids, owner, true) : null;
    }
  };
}
