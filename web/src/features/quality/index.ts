/** What pages made of several capabilities take from quality. */
export { QualityBlock } from "./score/QualityBlock";
