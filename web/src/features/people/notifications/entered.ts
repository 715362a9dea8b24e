/** What a person chose of how to be told, from the form to the server. */
import dayjs, { type Dayjs } from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import type { NoticeSettingsChange } from "./api";

dayjs.extend(customParseFormat);

export interface Entered {
  channels: Record<string, string[]>;
  digest: NonNullable<NoticeSettingsChange["digest"]>;
  /** Asked only of who is told once a day. */
  digest_at?: Dayjs;
  quiet: [Dayjs, Dayjs] | null;
  time_zone?: string;
  robot: NonNullable<NoticeSettingsChange["robot"]>;
  /** Asked only of who has a robot, like its secret. */
  robot_url?: string;
  robot_secret?: string;
}

export const clock = (value: string) => dayjs(value, "HH:mm:ss".slice(0, value.length));
const plain = (value: Dayjs) => value.format("HH:mm");

export function toServer(entered: Entered): NoticeSettingsChange {
  return {
    channels: entered.channels as NoticeSettingsChange["channels"],
    digest: entered.digest,
    digest_at: entered.digest_at && plain(entered.digest_at),
    quiet_from: entered.quiet ? plain(entered.quiet[0]) : null,
    quiet_to: entered.quiet ? plain(entered.quiet[1]) : null,
    time_zone: entered.time_zone ?? "",
    robot: entered.robot,
    robot_url: entered.robot ? entered.robot_url : "",
    robot_secret: entered.robot_secret || null,
  };
}
