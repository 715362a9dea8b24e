import { NotFoundPage } from "./NotFoundPage";
export { NotFoundPage as Component };
