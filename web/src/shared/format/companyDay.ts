/** The day it is where the company is, which need not be the day where the browser is. */
import dayjs, { type Dayjs } from "dayjs";
import { useSettings } from "../session/session";

/** The day of a moment in a time zone; without one, where the browser is. */
export const dayIn = (zone: string | undefined, moment: Date): Dayjs =>
  dayjs(new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(moment));

/** Today at the company, by which the server counts days. */
export const useCompanyDay = (): Dayjs => dayIn(useSettings().time_zone, new Date());
