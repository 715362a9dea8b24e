/** What pages made of several capabilities take from treatment. */
export { DutiesToday } from "./DutiesToday";
export { TreatmentBlock } from "./TreatmentBlock";
export { useToday } from "./api";
