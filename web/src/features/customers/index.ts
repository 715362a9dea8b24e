/** What pages made of several capabilities take from customers. */
export { useCustomer, type CustomerDetail } from "./api";
export { CustomerActions } from "./page/CustomerActions";
export { CustomerDetails } from "./page/CustomerDetails";
export { CustomerFacts } from "./page/CustomerFacts";
export { Neighbours } from "./page/Neighbours";
export { WhySeen } from "./page/WhySeen";
export { CustomerTimeline } from "./page/CustomerTimeline";
