export { Bell } from "./notifications/Bell";
export { NotificationSettings } from "./notifications/NotificationSettings";
