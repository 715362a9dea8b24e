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
  saveFile(new Blob([text], { type }), name);
}

/** Lets the person keep something that lies in memory as a file. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The CSS variables of the page do not travel with a file: puts their values in. */
export function withValues(svg: string, read: (name: string) => string): string {
  return svg.replace(/var\((--[\w-]+)\)/g, (whole, name: string) => read(name).trim() || whole);
}

const MARGIN = 24;
const HEAD = 36;

function shape(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

/** How large the exported picture of an element is, with its margin and title. */
function sizeOf(element: SVGSVGElement): { width: number; height: number } {
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.round(width) + 2 * MARGIN, height: Math.round(height) + 2 * MARGIN + HEAD };
}

/** An SVG element as a self-contained document: title above, margin round it, on a ground. */
function svgText(element: SVGSVGElement, title: string, ground: string): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const { width, height } = sizeOf(element);
  const frame = { x: -MARGIN, y: -MARGIN - HEAD, width, height };
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", `${frame.x} ${frame.y} ${width} ${height}`);
  copy.removeAttribute("style");
  const styles = getComputedStyle(document.documentElement);
  copy.style.fontFamily = getComputedStyle(element).fontFamily;
  copy.prepend(
    shape("rect", { ...frame, fill: ground }),
    shape("text", { x: 0, y: -HEAD + 14, "font-size": 16, "font-weight": 600, fill: "var(--jz-text)" }, title),
  );
  return withValues(new XMLSerializer().serializeToString(copy), (name) => styles.getPropertyValue(name));
}

export function saveSvg(element: SVGSVGElement, name: string, ground: string): void {
  saveText(svgText(element, name, ground), `${name}.svg`, "image/svg+xml");
}

export async function savePng(element: SVGSVGElement, name: string, ground: string, sharpness = 2): Promise<void> {
  const { width, height } = sizeOf(element);
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svgText(element, name, ground)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    save(canvas.toDataURL("image/png"), `${name}.png`);
  } finally {
    URL.revokeObjectURL(url);
  }
}
