/** News the server pushes: one connection a page, reconnecting by itself. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { API_ROOT } from "../api/request";
import type { Job, Standing } from "../api/types";

export interface News {
  job: Job;
  score: { customer_id: number; score: number | null; grade: Standing; model_id: number };
  run: { id: number; state: string; progress: number; message?: string; model?: { id: number } };
  notice: { event: string };
  duty: { customer_ids: number[] };
  pool: { customer_ids: number[] };
}

type Topic = keyof News;
const TOPICS: Topic[] = ["job", "score", "run", "notice", "duty", "pool"];
type Listener = (news: never) => void;

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** Keeps an EventSource open; waits longer after each failure; tells when it came back, since news may be missed. */
export class Stream {
  private readonly listeners = new Map<Topic, Set<Listener>>();
  private readonly reconnected = new Set<() => void>();
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_WAIT;
  private lost = false;
  private readonly url: string;

  constructor(url = `${API_ROOT}/stream`) {
    this.url = url;
  }

  open(): void {
    const source = new EventSource(this.url, { withCredentials: true });
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT;
      if (this.lost) this.reconnected.forEach((tell) => tell());
      this.lost = false;
    };
    source.onerror = () => {
      this.lost = true;
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again itself
      source.close();
      this.timer = setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
    for (const topic of TOPICS) {
      source.addEventListener(topic, (event) => this.tell(topic, (event as MessageEvent<string>).data));
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  on<T extends Topic>(topic: T, listener: (news: News[T]) => void): () => void {
    const all = this.listeners.get(topic) ?? new Set<Listener>();
    this.listeners.set(topic, all.add(listener as Listener));
    return () => all.delete(listener as Listener);
  }

  onReconnect(tell: () => void): () => void {
    this.reconnected.add(tell);
    return () => this.reconnected.delete(tell);
  }

  private tell(topic: Topic, data: string): void {
    const news = JSON.parse(data) as never;
    this.listeners.get(topic)?.forEach((listener) => listener(news));
  }
}

const StreamContext = createContext<Stream | null>(null);

export function StreamProvider({ children }: { children: ReactNode }) {
  const stream = useMemo(() => new Stream(), []);
  useEffect(() => {
    stream.open();
    return () => stream.close();
  }, [stream]);
  return <StreamContext value={stream}>{children}</StreamContext>;
}

/** Calls `listener` with each piece of news of a topic; keep it stable with useCallback. */
export function useStream<T extends Topic>(topic: T, listener: (news: News[T]) => void): void {
  const stream = useContext(StreamContext);
  useEffect(() => stream?.on(topic, listener), [stream, topic, listener]);
}

export function useReconnected(tell: () => void): void {
  const stream = useContext(StreamContext);
  useEffect(() => stream?.onReconnect(tell), [stream, tell]);
}

/** The job as it stands now: from the stream, starting with what the caller knows. */
export function useJobNews(id: number | null | undefined): Job | null {
  const [job, setJob] = useState<Job | null>(null);
  const stream = useContext(StreamContext);
  useEffect(() => stream?.on("job", (news) => news.id === id && setJob(news)), [stream, id]);
  return job && job.id === id ? job : null;
}
