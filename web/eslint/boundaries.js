/** Who may import whom: app → features → shared → client; a feature never imports another feature. */
import path from "node:path";

const FLOORS = { app: 3, features: 2, shared: 1, client: 0 };

function place(file) {
  const parts = file.split(path.sep);
  const src = parts.lastIndexOf("src");
  if (src < 0) return null;
  const floor = parts[src + 1];
  if (!(floor in FLOORS)) return null;
  return { floor, feature: floor === "features" ? parts[src + 2] : null };
}

function resolve(request, from) {
  if (request.startsWith("@/")) {
    const src = from.slice(0, from.lastIndexOf(`${path.sep}src${path.sep}`) + 5);
    return path.join(src, request.slice(2));
  }
  return request.startsWith(".") ? path.resolve(path.dirname(from), request) : null;
}

const boundaries = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      upward: "{{from}} must not import from {{to}} (app → features → shared → client).",
      sideways: "Feature {{from}} must not import feature {{to}}; compose them in app/pages.",
    },
  },
  create(context) {
    const here = place(context.filename);
    if (!here) return {};
    function check(node, request) {
      const target = typeof request === "string" ? resolve(request, context.filename) : null;
      const there = target && place(target);
      if (!there) return;
      if (FLOORS[there.floor] > FLOORS[here.floor]) {
        context.report({ node, messageId: "upward", data: { from: here.floor, to: there.floor } });
      } else if (here.feature && there.feature && here.feature !== there.feature) {
        context.report({ node, messageId: "sideways", data: { from: here.feature, to: there.feature } });
      }
    }
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
    };
  },
};

export default boundaries;
