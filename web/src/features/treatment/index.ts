/** What pages made of several capabilities take from treatment. */
export { DutiesToday } from "./DutiesToday";
export { DutyList } from "./DutyList";
export { TreatmentBlock } from "./TreatmentBlock";
export { useToday } from "./api";
