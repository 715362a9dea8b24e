/** `mutate` drops the callbacks given to it when the component that called is gone before the answer. */
const noCallbacksOfMutate = {
  meta: {
    type: "problem",
    schema: [],
    messages: { dropped: "Callbacks of mutate() are dropped when the component is gone before the answer: mutateAsync(…).then(done, failed)." },
  },
  create(context) {
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type === "MemberExpression" && callee.property.name === "mutate" && node.arguments.length > 1) context.report({ node, messageId: "dropped" });
      },
    };
  },
};

export default noCallbacksOfMutate;
