/** What pages made of several capabilities take from assignment. */
export { FallingNote } from "./pool/FallingNote";
export { PoolPage } from "./pool/PoolPage";
export { useRelease } from "./pool/useRelease";
export { WarningList } from "./pool/WarningList";
export { useWarnings } from "./pool/api";
