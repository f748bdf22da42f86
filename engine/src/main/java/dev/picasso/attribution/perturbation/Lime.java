package dev.picasso.attribution.perturbation;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.StrongestTenth;
import dev.picasso.attribution.Target;
import dev.picasso.image.segments.Segments;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * LIME: regions of the picture are switched on and off at random, each with probability ½, and a
 * line is fitted to the probabilities. Ribeiro et al. 2016, arXiv 1602.04938.
 *
 * <p>Ridge regression (λ = 1, see {@link Ridge}) with weights √exp(−d²/width²), d the cosine
 * distance of the switches from all on, as in the authors' program; the first sample is the picture
 * itself. [N, H, W] of both signs: each pixel has the coefficient of its region, so that the map
 * does not sum to anything. The standard error is that of the regression.
 *
 * @param samples pictures that are tried, the whole one among them
 * @param segmentation how the picture is cut
 * @param segments about how many regions
 * @param width of the kernel
 * @param fill what a hidden region holds: {@value #OWN} for its own mean, or as for {@link
 *     Occlusion}
 * @param seed of the samples; each image gets the same ones
 * @param stable whether to stop early, by {@link StrongestTenth}, which looks after {@value
 *     Fitting#FIRST} samples for the first time
 */
@AutoService(Attribution.class)
public record Lime(
    @Label(value = "Samples", help = "More make the numbers surer and take longer.")
        @Range(min = 10, max = 20_000)
        @Suggested({"500", "1000", "4000"})
        int samples,
    @Label(value = "Regions by", help = "How the picture is cut into regions.")
        Superpixels segmentation,
    @Label(value = "Regions", help = "About how many; quickshift does not go by it.")
        @Range(min = 2, max = 300)
        @Suggested({"30", "60", "100"})
        int segments,
    @Label(value = "Kernel width", help = "A narrow one counts nearly whole pictures alone.")
        @Range(min = .01, max = 10)
        @Suggested({"0.1", "0.25", "1"})
        double width,
    @Label(
            value = "Fill",
            help =
                "What hides a region: own (its mean); a number as the model is fed with it; or"
                    + " grey, black, white, mean (of the picture), blur or noise.")
        @Suggested({"own", "0", "grey", "black", "white", "mean", "blur", "noise"})
        String fill,
    @Label(value = "Seed", help = "The same seed draws the same samples.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(value = "Stop when stable", help = StrongestTenth.HELP) boolean stable)
    implements Attribution {
  private static final String OWN = "own";
  private static final double SHRINKING = 1;

  public Lime {
    fill = Covers.checked("LIME", fill, OWN);
  }

  public Lime() {
    this(1000, Superpixels.SLIC, 60, .25, OWN, 0, false);
  }

  @Override
  public String id() {
    return "lime";
  }

  @Override
  public String title() {
    return "LIME";
  }

  @Override
  public String description() {
    return "Cut the picture into regions, hide half of them at random again and again, and see"
        + " which ones raise or lower the class's probability.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Ribeiro et al. 2016, “Why Should I Trust You?”", "https://arxiv.org/abs/1602.04938"));
  }

  @Override
  public Family family() {
    return Family.PERTURBATION;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.PIXELS;
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Asked asked = Asked.of(model, x, targets);
    Planes maps = new Planes(asked.input(), x.size());
    Planes errors = new Planes(asked.input(), x.size());
    String[] notes = new String[x.size()];
    for (int image = 0; image < asked.images(); image++) {
      Segments cut = segmentation.of(x, image, asked.input(), segments);
      Switches switches = new Switches(asked, image, cut, cover(asked, image, cut));
      List<BitSet> seen = drawn(cut.count());
      Fitting.Line line =
          (sets, numbers) ->
              Optional.of(
                  new Ridge(sets, weights(sets, cut.count()), cut.count(), SHRINKING)
                      .fits(numbers));
      List<Fitting.Found> fits =
          new Fitting(switches, stable).of(seen, line, asked.part(progress, image)).orElseThrow();
      for (int r = 0; r < fits.size(); r++) {
        int row = x.rowsOf(image).get(r);
        maps.set(row, switches.spread(fits.get(r).fit().values()));
        errors.set(row, switches.spread(fits.get(r).fit().errors()));
        notes[row] = fits.get(r).sets() + " samples";
      }
    }
    String meaning = "what the region adds to the " + asked.noun() + " in a line fitted to it";
    Maps found = Maps.signed(maps.tensor(), Maps.Frame.PIXELS, meaning).within(errors.tensor());
    return stable ? found.noting(List.of(notes)) : found;
  }

  private float[] cover(Asked asked, int image, Segments cut) {
    return fill.equals(OWN)
        ? means(Hiding.numbers(asked.x(), image), asked.input(), cut)
        : Covers.of(fill, seed, asked.x(), image);
  }

  /** Each number the mean of its channel over its region. */
  private static float[] means(float[] x, InputSpec input, Segments cut) {
    float[] means = new float[x.length];
    int[] sizes = cut.sizes();
    for (int c = 0; c < input.channels(); c++) {
      double[] sums = new double[cut.count()];
      int start = c * input.channelStride();
      int step = input.pixelStride();
      for (int i = 0; i < input.width() * input.height(); i++) {
        sums[cut.label(i)] += x[start + i * step];
      }
      for (int i = 0; i < input.width() * input.height(); i++) {
        int region = cut.label(i);
        means[start + i * step] = (float) (sums[region] / sizes[region]);
      }
    }
    return means;
  }

  /** The whole picture, then regions at random. */
  private List<BitSet> drawn(int regions) {
    // Not a faster generator: of this one every Java gives the same numbers.
    Random random = new Random(seed);
    List<BitSet> seen = new ArrayList<>();
    for (int k = 0; k < samples; k++) {
      BitSet on = new BitSet(regions);
      for (int j = 0; j < regions; j++) {
        on.set(j, k == 0 || random.nextBoolean());
      }
      seen.add(on);
    }
    return seen;
  }

  private double[] weights(List<BitSet> seen, int regions) {
    double[] weights = new double[seen.size()];
    for (int k = 0; k < weights.length; k++) {
      double distance = 1 - Math.sqrt(seen.get(k).cardinality() / (double) regions);
      weights[k] = Math.sqrt(Math.exp(-distance * distance / (width * width)));
    }
    return weights;
  }
}
