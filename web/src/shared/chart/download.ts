/** Pictures of charts as files. */

function save(href: string, name: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

export function saveText(text: string, name: string, type = "text/plain;charset=utf-8"): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The CSS variables of the page do not travel with a file: puts their values in. */
export function withValues(svg: string, read: (name: string) => string): string {
  return svg.replace(/var\((--[\w-]+)\)/g, (whole, name: string) => read(name).trim() || whole);
}

/** An SVG element as a self-contained document on a ground, twice as sharp as the screen needs. */
export function svgText(element: SVGSVGElement, ground: string): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const { width, height } = element.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${Math.round(width)} ${Math.round(height)}`);
  copy.querySelectorAll("[data-screen-only]").forEach((part) => part.remove());
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  back.setAttribute("width", "100%");
  back.setAttribute("height", "100%");
  back.setAttribute("fill", ground);
  copy.prepend(back);
  const styles = getComputedStyle(document.documentElement);
  copy.style.fontFamily = getComputedStyle(element).fontFamily;
  return withValues(new XMLSerializer().serializeToString(copy), (name) => styles.getPropertyValue(name));
}

export function saveSvg(element: SVGSVGElement, name: string, ground: string): void {
  saveText(svgText(element, ground), `${name}.svg`, "image/svg+xml");
}

export async function savePng(element: SVGSVGElement, name: string, ground: string, sharpness = 2): Promise<void> {
  const { width, height } = element.getBoundingClientRect();
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svgText(element, ground)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * sharpness);
    canvas.height = Math.round(height * sharpness);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    save(canvas.toDataURL("image/png"), `${name}.png`);
  } finally {
    URL.revokeObjectURL(url);
  }
}
