/** What pages made of several capabilities take from customers. */
export { useCustomer, type CustomerDetail } from "./api";
export { CustomerActions } from "./page/CustomerActions";
export { CustomerDetails } from "./page/CustomerDetails";
export { CustomerFacts } from "./page/CustomerFacts";
export { MergedFrom } from "./merge/MergedFrom";
export { Neighbours } from "./page/Neighbours";
export { WhySeen } from "./page/WhySeen";
export { CustomerTimeline, LatestEntries } from "./page/CustomerTimeline";
export { ChannelsBlock } from "./contacts/ChannelsBlock";
export { ContactsBlock } from "./contacts/ContactsBlock";
export { AddressesBlock } from "./profile/AddressesBlock";
export { GroupBlock } from "./profile/GroupBlock";
export { IdentifiersBlock } from "./profile/IdentifiersBlock";
export { RelationsBlock } from "./profile/RelationsBlock";
export { OwnersBlock } from "./pool/OwnersBlock";
export { WarningList } from "./pool/WarningList";
export { ConsentBlock } from "./consent/ConsentBlock";
export { StageBlock } from "./lifecycle/StageBlock";
