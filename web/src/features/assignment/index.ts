/** What pages made of several capabilities take from assignment. */
export { useRelease } from "./pool/useRelease";
export { WarningList } from "./pool/WarningList";
export { useWarnings } from "./pool/api";
