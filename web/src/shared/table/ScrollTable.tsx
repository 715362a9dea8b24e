import { Grid, Table, type TableProps } from "antd";
import { useEffect, useRef } from "react";

type Props<T> = TableProps<T> & { "aria-label": string };

/**
 * A table whose scrolling part can be reached and scrolled by keyboard when it does not fit.
 * One that says which of its columns a phone leaves out (`responsive`) fits there, its words broken into lines.
 */
export function ScrollTable<T extends object>(props: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const label = props["aria-label"];
  const phone = Grid.useBreakpoint().md === false;
  const fits = phone && props.columns?.some((column) => column.responsive);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const mark = () => {
      for (const part of element.querySelectorAll<HTMLElement>(".ant-table-content, .ant-table-body")) {
        const scrolls = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
        if (scrolls) {
          part.tabIndex = 0;
          part.setAttribute("role", "region");
          part.setAttribute("aria-label", label);
        } else {
          for (const name of ["tabindex", "role", "aria-label"]) part.removeAttribute(name);
        }
      }
    };
    mark();
    const observer = new ResizeObserver(mark);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return (
    <div ref={box}>
      <Table<T> {...props} scroll={fits ? { ...props.scroll, x: undefined } : props.scroll} />
    </div>
  );
}
