/** What pages made of several capabilities take from people. */
export { useFound as usePeopleFound, usePerson } from "./map/api";
export { PersonPhoto } from "./map/PersonPhoto";
export { Bell } from "./notifications/Bell";
export { MentionList } from "./notifications/MentionList";
export { useMentions } from "./notifications/api";
export { NotificationSettings } from "./notifications/NotificationSettings";
export { DutiesBlock } from "./person/DutiesBlock";
export { PersonHead } from "./person/PersonHead";
export { ReliesOnBlock } from "./person/ReliesOnBlock";
export { Workload } from "./person/Workload";
export { RatingsDue, useRatingsDue } from "./ratings/RatingsDue";
export { ResultsBlock } from "./ratings/ResultsBlock";
