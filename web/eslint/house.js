/** The rules of this house. */
import boundaries from "./boundaries.js";
import noCallbacksOfMutate from "./mutations.js";

export default { rules: { boundaries, "no-callbacks-of-mutate": noCallbacksOfMutate } };
