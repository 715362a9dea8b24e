/** What pages made of several capabilities take from people. */
export { usePerson } from "./map/api";
export { Bell } from "./notifications/Bell";
export { NotificationSettings } from "./notifications/NotificationSettings";
export { DutiesBlock, ReliesOnBlock } from "./person/DutiesBlock";
export { PersonHead } from "./person/PersonHead";
export { ResultsBlock } from "./ratings/ResultsBlock";
