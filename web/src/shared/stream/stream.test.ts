import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Stream } from "./stream";

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static made: FakeSource[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    FakeSource.made.push(this);
  }
  close() {
    this.readyState = 2;
  }
  say(topic: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(topic, { data: JSON.stringify(data) }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.made = [];
  vi.stubGlobal("EventSource", FakeSource);
});
afterEach(() => vi.useRealTimers());

it("tells each listener the news of its topic, and no longer after it left", () => {
  const stream = new Stream("/stream");
  stream.open();
  const heard: unknown[] = [];
  const leave = stream.on("score", (news) => heard.push(news.customer_id));
  stream.on("job", () => heard.push("job"));
  FakeSource.made[0]?.say("score", { customer_id: 7 });
  leave();
  FakeSource.made[0]?.say("score", { customer_id: 8 });
  expect(heard).toEqual([7]);
});

it("opens again after the server closed, waiting longer each time, and says so", () => {
  const stream = new Stream("/stream");
  let back = 0;
  stream.onReconnect(() => (back += 1));
  stream.open();
  for (const wait of [1_000, 2_000]) {
    const source = FakeSource.made.at(-1);
    const before = FakeSource.made.length;
    if (source) source.readyState = 2;
    source?.onerror?.();
    vi.advanceTimersByTime(wait - 1);
    expect(FakeSource.made).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(FakeSource.made).toHaveLength(before + 1);
  }
  FakeSource.made.at(-1)?.onopen?.();
  expect(back).toBe(1);
  stream.close();
});
