/**
 * The one graph that every model file becomes: an immutable value of ONNX-shaped nodes, with its
 * builder.
 *
 * <p>A {@link dev.picasso.graph.Graph} holds nodes in topological order over named values. Each
 * {@link dev.picasso.graph.Value} has a type and a {@link dev.picasso.graph.Shape}, in which the
 * batch stays open ({@link dev.picasso.graph.Shape#BATCH}); constants are {@link
 * dev.picasso.graph.Tensor}s that derived graphs share. Operators are ONNX's of one version, {@link
 * dev.picasso.graph.Graph#OPSET}.
 *
 * <pre>{@code
 * GraphBuilder g = new GraphBuilder();
 * Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 32, 32));
 * Value mean = g.mean(x, false, 2, 3);                      // [N, 3]
 * Graph small = g.build(g.softmax(mean, 1));
 *
 * GraphBuilder more = GraphBuilder.from(small);             // nodes, names and constants of it
 * Value doubled = more.mul(more.lookUp(mean.name()), 2);
 * Graph derived = more.build(doubled);                      // only what it needs is left
 * }</pre>
 *
 * <p>{@code graph.shape} infers shapes as nodes are emitted, {@code graph.pass} folds and
 * simplifies; both take a graph and give another.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.graph;
