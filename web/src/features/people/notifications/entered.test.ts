import { expect, it } from "vitest";
import { clock, toServer, type Entered } from "./entered";

const entered: Entered = { channels: { mention: ["robot"] }, digest: "at_once", quiet: null, robot: "" };

it("takes a form that does not ask for the hour of the day, nor for a robot's address", () => {
  expect(toServer(entered)).toMatchObject({ digest: "at_once", digest_at: undefined, quiet_from: null, time_zone: "", robot: "", robot_url: "", robot_secret: null });
});

it("says times as the server reads them", () => {
  const sent = toServer({ ...entered, digest: "daily", digest_at: clock("08:30:00"), quiet: [clock("22:00"), clock("07:15")], robot: "feishu", robot_url: "https://x" });
  expect(sent).toMatchObject({ digest_at: "08:30", quiet_from: "22:00", quiet_to: "07:15", robot_url: "https://x" });
});
