/** What pages made of several capabilities take from value. */
export { CustomerStanding, CustomerValue } from "./components/CustomerValue";
export { OverrideTable } from "./overrides/OverrideTable";
export { useOverrides } from "./overrides/api";
export { useGroupValue } from "./groups";
