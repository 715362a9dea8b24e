/** What pages made of several capabilities take from value. */
export { CustomerStanding, CustomerValue } from "./components/CustomerValue";
export { useGroupValue } from "./groups";
