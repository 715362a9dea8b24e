import { useLayoutEffect, useRef, useState } from "react";

/** The width of an element, followed as it changes. */
export function useWidth<T extends HTMLElement>(otherwise = 800) {
  const box = useRef<T>(null);
  const [width, setWidth] = useState(otherwise);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth || otherwise);
    measure();
    if (typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [otherwise]);
  return { box, width };
}
