/** What the application takes from quality. */
export { DuplicateWarning } from "./duplicates/DuplicateWarning";
export { QualityBlock } from "./score/QualityBlock";
