/** Which news from the server makes which data old: every such arrow of the browser on one page. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useReconnected, useStream, type News } from "@/shared/stream/stream";

export function Live() {
  const client = useQueryClient();
  const old = useCallback((...key: unknown[]) => void client.invalidateQueries({ queryKey: key }), [client]);

  useStream("score", useCallback(
    ({ customer_id }: News["score"]) => {
      old("value", "customer", customer_id);
      old("customers", "detail", customer_id);
      old("customers", "timeline", customer_id);
      old("customers", "facts", customer_id);
      old("customers", "list");
    },
    [old],
  ));

  useStream("run", useCallback(
    (run: News["run"]) => {
      old("value", "runs");
      if (run.state === "waiting" || run.state === "running") return;
      old("value");
      old("customers");
    },
    [old],
  ));

  useStream("job", useCallback(
    (job: News["job"]) => {
      client.setQueryData(["jobs", job.id], job);
      old("integration", "imports");
      if (job.state === "waiting" || job.state === "running") return;
      old("integration");
      old("customers");
      old("settings");
    },
    [client, old],
  ));

  useReconnected(useCallback(() => void client.invalidateQueries(), [client]));
  return null;
}
