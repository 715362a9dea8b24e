/** Which news from the server makes which data old: every such arrow of the browser on one page. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useReconnected, useStream, type News } from "@/shared/stream/stream";

const GATHER = 150;

/** Makes data old, gathered for a moment: a batch of a thousand facts brings a thousand scores, not a thousand requests. */
function useOld(client: QueryClient): (...key: unknown[]) => void {
  const waiting = useRef(new Map<string, unknown[]>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (...key) => {
      waiting.current.set(JSON.stringify(key), key);
      if (waiting.current.size > 1) return;
      timer.current = setTimeout(() => {
        const keys = [...waiting.current.values()];
        waiting.current.clear();
        for (const queryKey of keys) void client.invalidateQueries({ queryKey });
      }, GATHER);
    },
    [client],
  );
}

export function Live() {
  const client = useQueryClient();
  const old = useOld(client);

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
      old("attributes");
      old("fields");
      old("quality", "duplicates");
      old("settings");
    },
    [client, old],
  ));

  useStream("duty", useCallback(
    ({ customer_ids }: News["duty"]) => {
      old("treatment");
      for (const id of customer_ids) old("customers", "detail", id, "treatment");
    },
    [old],
  ));

  useStream("pool", useCallback(() => old("customers", "pool"), [old]));

  useStream("notice", useCallback(() => old("people", "notices"), [old]));

  useReconnected(useCallback(() => void client.invalidateQueries(), [client]));
  return null;
}
