package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Layer-wise relevance propagation, Bach et al. 2015: the score is handed back from layer to layer,
 * each giving its outputs' relevance to its inputs, so that what arrives at the pixels and what
 * biases took together is the score. What is walked is the relevance itself, not a gradient.
 *
 * <ul>
 *   <li>Convolutions and dense layers have the rules that the record names.
 *   <li>Sums, average pools and what else is linear: the ε rule with 10⁻⁶. Maxima: all to the
 *       largest. Products with constants, functions of one element, normalizations: unchanged. What
 *       scales pixels before the first layer: unchanged too.
 *   <li>Products of two computed values: all to the signal where the other is a gate, such as a
 *       sigmoid, else half to each; quotients: all to the numerator; matrix products of computed
 *       values half to each by the ε rule; softmax x ⊙ (R − y·ΣR). Achtibat et al. 2024, arXiv
 *       2402.05602.
 * </ul>
 *
 * @param convolutions the rule of convolutions
 * @param dense the rule of dense layers
 * @param first another rule for layers that read the pixels
 * @param biases whether biases stand in denominators, and so take a part of the relevance
 */
public record Lrp(
    LayerRule convolutions, LayerRule dense, Optional<LayerRule> first, boolean biases)
    implements Composite {

  /** The ε rule everywhere. */
  public static Lrp epsilon() {
    return new Lrp(new LayerRule.Epsilon(), new LayerRule.Epsilon());
  }

  /** Only raising contributions in convolutions, ε in dense layers. */
  public static Lrp epsilonPlus() {
    return new Lrp(new LayerRule.Plus(), new LayerRule.Epsilon());
  }

  /** The same, and the flat rule at the pixels. Kohlbrenner et al. 2020, arXiv 1910.09840. */
  public static Lrp epsilonPlusFlat() {
    return epsilonPlus().withFirst(new LayerRule.Flat());
  }

  /** γ = ¼ in convolutions, ε in dense layers. */
  public static Lrp gamma() {
    return new Lrp(new LayerRule.Gamma(.25), new LayerRule.Epsilon());
  }

  /**
   * The same, and the z-B rule at the pixels. Montavon et al. 2019.
   *
   * @param low the smallest value of a pixel as it is fed, for each channel or one for all
   * @param high the largest
   */
  public static Lrp epsilonGammaBox(List<Float> low, List<Float> high) {
    return gamma().withFirst(new LayerRule.Box(low, high));
  }

  /** α = 2 and β = 1 in convolutions, ε in dense layers. */
  public static Lrp alphaBeta() {
    return new Lrp(new LayerRule.AlphaBeta(2, 1), new LayerRule.Epsilon());
  }

  /** AttnLRP for vision transformers: γ = ¼ in convolutions, 0.05 in dense layers. */
  public static Lrp attention() {
    return new Lrp(new LayerRule.Gamma(.25), new LayerRule.Gamma(.05));
  }

  public Lrp(LayerRule convolutions, LayerRule dense) {
    this(convolutions, dense, Optional.empty(), true);
  }

  /** The same with another rule for layers that read the pixels. */
  public Lrp withFirst(LayerRule rule) {
    return new Lrp(convolutions, dense, Optional.of(rule), biases);
  }

  /** The same without biases in denominators: they take no relevance. */
  public Lrp ignoringBiases() {
    return new Lrp(convolutions, dense, first, false);
  }

  @Override
  public RuleSet rules(Graph graph) {
    return new RelevanceRules(graph, this).rules();
  }

  /** The value itself, as far as it is asked for. */
  @Override
  public Value start(GraphBuilder g, Value of, Value seed) {
    return g.mul(of, seed);
  }
}
