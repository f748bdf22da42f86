package dev.picasso.attribution.relevance;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.gradient.LayerRule;
import dev.picasso.gradient.Lrp;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import dev.picasso.settings.SettingException;
import java.util.List;
import java.util.Optional;

/**
 * Layer-wise relevance propagation, in the shape of x, with its sign: the score is handed back from
 * layer to layer, and what arrives at the pixels and what biases took together is the score. Bach
 * et al. 2015, PLoS ONE 10(7); Montavon et al. 2019; Kohlbrenner et al. 2020, arXiv 1910.09840.
 *
 * @param composite which rule is for which layers
 * @param bias whether biases take a part of the relevance
 */
@AutoService(Attribution.class)
public record LayerwiseRelevance(
    @Label(value = "Rules", help = "Which rule shares out the relevance in which layers.")
        Composite composite,
    @Label(
            value = "Bias",
            help = "Whether biases take their part of the relevance, which is lost to the pixels.")
        Bias bias)
    implements GraphMethod {

  /** Which rule is for which layers. */
  public enum Composite {
    /** The ε rule everywhere: gradient × input, where activations are ReLU. */
    EPSILON,
    /** Only raising contributions in convolutions, ε in dense layers. */
    EPSILON_PLUS,
    /** The same, and evenly at the pixels. */
    EPSILON_PLUS_FLAT,
    /** γ = ¼ in convolutions, ε in dense layers, and z-B at the pixels. */
    EPSILON_GAMMA_BOX,
    /** γ = ¼ in convolutions, ε in dense layers. */
    GAMMA,
    /** α = 2 and β = 1 in convolutions, ε in dense layers. */
    EPSILON_ALPHA2_BETA1,
    /** The same, and evenly at the pixels. */
    EPSILON_ALPHA2_BETA1_FLAT
  }

  /** What biases do. */
  public enum Bias {
    /** They stand in the denominators. */
    KEPT,
    /** They do not. */
    IGNORED
  }

  /** With the usual settings. */
  public LayerwiseRelevance() {
    this(Composite.EPSILON, Bias.KEPT);
  }

  @Override
  public String id() {
    return "lrp";
  }

  @Override
  public String title() {
    return "Layer-wise relevance propagation";
  }

  @Override
  public String description() {
    return "See the score shared out among the pixels, each layer handing back what it was given.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Bach et al. 2015, Pixel-Wise Explanations by Layer-Wise Relevance Propagation",
            "https://doi.org/10.1371/journal.pone.0130140"));
  }

  @Override
  public Family family() {
    return Family.RELEVANCE;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.INPUT;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "share of the score";
  }

  @Override
  public Value map(Sketch s) {
    return relevance(s, rules(PixelRange.UNKNOWN));
  }

  @Override
  public void require(Model model, Target like) {
    if (composite == Composite.EPSILON_GAMMA_BOX) {
      new Within(this, PixelRange.ANY).require(model, like);
    } else {
      GraphMethod.super.require(model, like);
    }
  }

  @Override
  public Optional<Graph> graph(Explainer model, Images like, Target target) {
    return composite == Composite.EPSILON_GAMMA_BOX
        ? new Within(this, PixelRange.of(model, like)).graph(model, like, target)
        : GraphMethod.super.graph(model, like, target);
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Maps maps =
        composite == Composite.EPSILON_GAMMA_BOX
            ? new Within(this, PixelRange.of(model, x)).explain(model, x, targets, progress)
            : GraphMethod.super.explain(model, x, targets, progress);
    if (bias == Bias.IGNORED && !isFinite(maps.values()) && isFinite(scores(model, x))) {
      throw SettingException.of(
          "bias",
          title()
              + ": bias is ignored, and without biases relevance grows from layer to layer of this"
              + " network until it is no number any more: where contributions nearly cancel, they"
              + " are divided by next to nothing. Choose kept, or composite epsilon-plus, in which"
              + " nothing cancels.");
    }
    return maps;
  }

  private static Tensor scores(Explainer model, Images x) {
    return model.predict(x.distinct()).scores();
  }

  private static boolean isFinite(Tensor numbers) {
    for (float number : numbers.floats()) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  private Value relevance(Sketch s, Lrp rules) {
    return s.walkedBack(rules, List.of(s.x().name())).get(0);
  }

  private Lrp rules(PixelRange pixels) {
    Lrp rules =
        switch (composite) {
          case EPSILON -> Lrp.epsilon();
          case EPSILON_PLUS -> Lrp.epsilonPlus();
          case EPSILON_PLUS_FLAT -> Lrp.epsilonPlusFlat();
          case EPSILON_GAMMA_BOX -> Lrp.epsilonGammaBox(pixels.low(), pixels.high());
          case GAMMA -> Lrp.gamma();
          case EPSILON_ALPHA2_BETA1 -> Lrp.alphaBeta();
          case EPSILON_ALPHA2_BETA1_FLAT -> Lrp.alphaBeta().withFirst(new LayerRule.Flat());
        };
    return bias == Bias.KEPT ? rules : rules.ignoringBiases();
  }

  /** The same for pixels of a known range. */
  private record Within(LayerwiseRelevance lrp, PixelRange pixels) implements GraphMethod {
    @Override
    public String id() {
      return lrp.id();
    }

    @Override
    public String title() {
      return lrp.title();
    }

    @Override
    public String description() {
      return lrp.description();
    }

    @Override
    public Family family() {
      return lrp.family();
    }

    @Override
    public Maps.Frame frame() {
      return lrp.frame();
    }

    @Override
    public boolean signed() {
      return lrp.signed();
    }

    @Override
    public String meaning() {
      return lrp.meaning();
    }

    @Override
    public Value map(Sketch s) {
      return lrp.relevance(s, lrp.rules(pixels));
    }
  }
}
