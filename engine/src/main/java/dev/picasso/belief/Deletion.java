package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How fast the class's probability falls while pixels are taken out, those first that the map marks
 * most, and how fast it comes when they are put back in this order: the areas under both curves, by
 * the trapezoidal rule, beside those of three orders that look at no model. Petsiuk et al. 2018,
 * arXiv 1806.07421, section 4.3; that many maps are no better than an edge filter: Clark et al.
 * 2023 (XAI-TRIS), arXiv 2306.12816.
 *
 * @param protocol whether the settings below hold, or a published protocol goes before them
 * @param steps of a curve
 * @param removing how pixels are taken out
 */
@AutoService(Check.class)
public record Deletion(
    @Label(
            value = "Protocol",
            help =
                "own: as set here; rise: as published with RISE, single pixels, as many a step as"
                    + " the input is wide, zeros for deletion, a blur for insertion.")
        Protocol protocol,
    @Label(value = "Steps", help = "Places of a curve; each is a run of the model for each line.")
        @Range(min = 2, max = 1000)
        @Suggested({"12", "25", "100"})
        int steps,
    Removing removing)
    implements Check {
  /** Runs of the model that are quick. */
  private static final int QUICK = 100;

  /** Which settings hold. */
  public enum Protocol {
    /** Those of this check. */
    OWN,
    /** Those that were published with RISE. */
    RISE
  }

  public Deletion() {
    this(Protocol.OWN, 12, new Removing());
  }

  @Override
  public String id() {
    return "deletion";
  }

  @Override
  public String title() {
    return "Deletion and insertion";
  }

  @Override
  public String description() {
    return "Take out what the map marks, and put it back, and see whether the class goes and comes"
        + " faster than by an edge filter.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Petsiuk et al. 2018, RISE: Randomized Input Sampling for Explanation of Black-box"
                + " Models",
            "https://arxiv.org/abs/1806.07421"));
  }

  @Override
  public Effort effort() {
    boolean few = 2 * (2 + ComparedCurves.LINES.size() * (steps - 1)) <= QUICK;
    boolean plain = protocol == Protocol.OWN && removing.substrate() != Substrate.ROAD;
    return plain && few ? Effort.QUICK : Effort.LONG;
  }

  @Override
  public List<String> measures() {
    return ComparedCurves.measureNames();
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    HeatMap map = subject.map();
    if (isFlat(map)) {
      throw new InapplicableException(
          "The map is the same everywhere, so that it puts no pixels before others.");
    }
    RemovalCurves curves = curves(subject);
    List<int[]> orders = orders(subject, map, curves.blocks());
    List<double[]> gone = curves.deletion(orders, filling(subject, false), progress.part(0, .5));
    List<double[]> back = curves.insertion(orders, filling(subject, true), progress.part(.5, 1));
    return new ComparedCurves(subject, curves, gone, back, how(subject, curves)).finding(this);
  }

  private static boolean isFlat(HeatMap map) {
    float[] values = map.values();
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private RemovalCurves curves(Subject subject) {
    if (protocol == Protocol.RISE) {
      InputSpec input = subject.input();
      return new RemovalCurves(subject, RiseProtocol.blocks(input), RiseProtocol.counts(input));
    }
    Blocks blocks = removing.blocks(subject);
    return new RemovalCurves(subject, blocks, RemovalCurves.counts(blocks.count(), steps));
  }

  private Filling filling(Subject subject, boolean back) {
    if (protocol == Protocol.OWN) {
      return removing.filling(subject);
    }
    float[] image = Altered.numbers(subject.x());
    return back
        ? RiseProtocol.insertion(subject.input(), image)
        : RiseProtocol.deletion(subject.input(), image);
  }

  /** In the order of {@link ComparedCurves#LINES}. */
  private static List<int[]> orders(Subject subject, HeatMap map, Blocks blocks) {
    float[] image = Altered.numbers(subject.x());
    long seed = subject.seed();
    return List.of(
        blocks.ordered(map, seed),
        blocks.shuffled(new Random(seed)),
        blocks.ordered(ModelFreeMaps.centre(subject.input()), seed),
        blocks.ordered(ModelFreeMaps.edges(subject.input(), image), seed));
  }

  /** How pixels are taken out, in words. */
  private String how(Subject subject, RemovalCurves curves) {
    return protocol == Protocol.RISE
        ? "as with RISE, single pixels, %d a step; zero as fed in deletion, a blur in insertion"
            .formatted(subject.input().width())
        : "%s, in %d steps".formatted(removing.words(subject), curves.counts().length - 1);
  }
}
