/** What the application takes from quality. */
export { DuplicateWarning } from "./duplicates/DuplicateWarning";
export { QualityBlock } from "./score/QualityBlock";
export { useRefreshWeekly } from "./weekly/api";
export { WeeklyLists } from "./weekly/WeeklyLists";
