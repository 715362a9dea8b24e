/** The day it is where the company is, which need not be the day where the browser is. */
import dayjs, { type Dayjs } from "dayjs";
import { useSettings } from "../session/session";

/** The day of a moment in a time zone; without one, where the browser is. */
export const dayIn = (zone: string | undefined, moment: Date): Dayjs =>
  dayjs(new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(moment));

/** The last second of a day in a time zone. */
export function endOfDayIn(zone: string | undefined, day: Dayjs): Date {
  const wanted = new Date(`${day.format("YYYY-MM-DD")}T23:59:59Z`);
  // What the zone's clock shows at that moment of UTC says how far the two are apart.
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(wanted);
  return new Date(2 * wanted.getTime() - new Date(`${clock.replace(" ", "T")}Z`).getTime());
}

/** Today at the company, by which the server counts days. */
export const useCompanyDay = (): Dayjs => dayIn(useSettings().time_zone, new Date());
