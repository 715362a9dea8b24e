/** What the application takes from privacy. */
export { ConsentBlock } from "./consent/ConsentBlock";
export { ConsentEntry } from "./consent/ConsentEntry";
export { NeverNote } from "./consent/NeverNote";
export { EraseDialog } from "./erasure/EraseDialog";
export { ErasedNote } from "./erasure/ErasedNote";
