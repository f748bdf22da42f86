/**
 * What a graph hands back from a value to those that it was computed from: gradients, and by other
 * rules relevance. The walk is always the same; methods differ in their rules.
 *
 * <pre>{@code
 * GraphBuilder g = GraphBuilder.from(graph);
 * Value scores = g.lookUp("scores");
 * Value seed = g.input("seed", scores.type(), scores.shape()); // a one-hot row asks for a class
 * Composite composite = Lrp.epsilonPlus();
 * Value map =
 *     new Differentiator(composite.rules(graph))
 *         .gradients(g, graph, "scores", composite.start(g, scores, seed), List.of("pixels"))
 *         .get(0);
 * Graph explanation = g.build(map);
 * }</pre>
 *
 * <ul>
 *   <li>A {@link dev.picasso.gradient.Rule} emits what one operator hands back to one of its
 *       inputs. It sees the operation as a {@link dev.picasso.gradient.NodeView}, and may ask for
 *       the same operation with other weights or inputs and for its true gradient there.
 *   <li>A {@link dev.picasso.gradient.RuleSet} has a rule for each operator: those of true
 *       gradients with some replaced ({@code RuleSet.plain().with("Relu", …)}), or those of
 *       relevance. An operator without a rule is an error that names it, never a zero.
 *   <li>A {@link dev.picasso.gradient.Composite} chooses them for a graph, which it sees: {@link
 *       dev.picasso.gradient.Backpropagation} is the gradient, guided backpropagation and
 *       deconvnet, {@link dev.picasso.gradient.Lrp} layer-wise relevance propagation. To write one
 *       is to write a record; two that are equal choose the same.
 *   <li>A {@link dev.picasso.gradient.LayerRule} is what convolutions and dense layers do with
 *       relevance, given as a {@link dev.picasso.gradient.Layer}, whatever operators they are.
 * </ul>
 *
 * <p>A layer rule of one's own, here the one by squared weights of Montavon et al. 2017, is a
 * record too:
 *
 * <pre>{@code
 * record SquaredWeights() implements LayerRule {
 *   @Override public Value relevance(GraphBuilder g, Layer layer, Value r) {
 *     Layer.Part squared = layer.part(w -> w * w);
 *     return squared.back(g.div(r, squared.of(layer.ones())));
 *   }
 *
 *   @Override public boolean byContribution() {
 *     return false; // it gives relevance to zeros too
 *   }
 * }
 *
 * Lrp lrp = Lrp.epsilonPlus().withFirst(new SquaredWeights());
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.gradient;
