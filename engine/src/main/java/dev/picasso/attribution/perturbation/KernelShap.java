package dev.picasso.attribution.perturbation;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.StrongestTenth;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.segments.Segments;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Kernel SHAP: the Shapley values of the picture's regions, for which hidden regions hold the fill.
 * Lundberg and Lee 2017, arXiv 1705.07874; see {@link ShapleyValues}.
 *
 * <p>[N, H, W] of both signs. The value of a region is shared out evenly among its pixels, so that
 * the map sums to p(x) − p(all hidden). Where all sets of regions are no more than the samples, all
 * are tried and the values are exact.
 *
 * @param samples sets of regions that are tried at most, beside none and all
 * @param segmentation how the picture is cut
 * @param segments about how many regions; no more than a quarter of the samples, which could not
 *     tell them apart
 * @param fill what hidden regions hold, as for {@link Occlusion}
 * @param seed of the sets; each image gets the same ones
 * @param stable whether to stop early, by {@link StrongestTenth}, which looks after {@value
 *     Fitting#FIRST} sets for the first time
 */
@AutoService(Attribution.class)
public record KernelShap(
    @Label(value = "Samples", help = "More make the numbers surer and take longer.")
        @Range(min = 10, max = 20_000)
        @Suggested({"500", "1000", "4000"})
        int samples,
    @Label(value = "Regions by", help = "How the picture is cut into regions.")
        Superpixels segmentation,
    @Label(value = "Regions", help = "About how many; quickshift does not go by it.")
        @Range(min = 2, max = 300)
        @Suggested({"9", "30", "60", "100"})
        int segments,
    @Label(value = "Fill", help = Covers.HELP)
        @Suggested({"0", "grey", "black", "white", "mean", "blur", "noise"})
        String fill,
    @Label(value = "Seed", help = "The same seed draws the same sets.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(value = "Stop when stable", help = StrongestTenth.HELP) boolean stable)
    implements Attribution {

  public KernelShap {
    fill = Covers.checked("Kernel SHAP", fill);
  }

  public KernelShap() {
    this(1000, Superpixels.SLIC, 60, "0", 0, false);
  }

  @Override
  public String id() {
    return "kernel-shap";
  }

  @Override
  public String title() {
    return "Kernel SHAP";
  }

  @Override
  public String description() {
    return "Share out the class's probability among the regions of the picture: what each adds on"
        + " average when the others come before it or after it.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Lundberg and Lee 2017, A Unified Approach to Interpreting Model Predictions",
            "https://arxiv.org/abs/1705.07874"));
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
    float[] sums = new float[x.size()];
    String[] notes = new String[x.size()];
    for (int image = 0; image < asked.images(); image++) {
      Segments cut = segmentation.of(x, image, asked.input(), regions());
      float[] cover = Covers.of(fill, seed, x, image);
      Switches switches = new Switches(asked, image, cut, cover);
      Explained explained = explained(switches, asked.part(progress, image));
      List<Fitting.Found> fits = explained.fits();
      int[] sizes = cut.sizes();
      for (int r = 0; r < fits.size(); r++) {
        int row = x.rowsOf(image).get(r);
        sums[row] = explained.gains()[r];
        maps.set(row, switches.spread(shared(fits.get(r).fit().values(), sizes)));
        errors.set(row, switches.spread(shared(fits.get(r).fit().errors(), sizes)));
        notes[row] = fits.get(r).sets() + " samples";
      }
    }
    String meaning = "share of the " + asked.noun() + " that the region adds, for each pixel";
    Maps found =
        Maps.signed(maps.tensor(), Maps.Frame.PIXELS, meaning)
            .summingTo(Tensor.of(sums, sums.length))
            .within(errors.tensor());
    return stable ? found.noting(List.of(notes)) : found;
  }

  private int regions() {
    return Math.max(2, Math.min(segments, samples / 4));
  }

  /**
   * The regions of one image.
   *
   * @param fits for each row
   * @param gains of each row from all hidden to none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Explained(List<Fitting.Found> fits, float[] gains) {}

  private Explained explained(Switches switches, Progress progress) {
    int regions = switches.segments().count();
    ShapleyValues values = new ShapleyValues(regions);
    if (regions < Integer.SIZE - 1 && 1 << regions <= samples) {
      float[][] v = switches.numbers(values.everySet(), progress);
      List<Fitting.Found> exact =
          Arrays.stream(v).map(row -> new Fitting.Found(values.exact(row), row.length)).toList();
      return new Explained(exact, gains(v));
    }
    BitSet whole = new BitSet(regions);
    whole.set(0, regions);
    List<BitSet> sets = values.drawn(samples, new Random(seed));
    double ends = 2. / (sets.size() + 2);
    float[][] v = switches.numbers(List.of(new BitSet(), whole), progress.part(0, ends));
    List<Fitting.Found> fits =
        new Fitting(switches, stable)
            .of(sets, (some, numbers) -> values.estimated(some, numbers, v), progress.part(ends, 1))
            .orElseThrow(
                () ->
                    new InapplicableException(
                        ("Kernel SHAP: %d samples cannot tell %d regions apart; give at least %d"
                                + " samples, or fewer regions.")
                            .formatted(samples, regions, 4 * regions)));
    return new Explained(fits, gains(v));
  }

  /** From the first number to the last. */
  private static float[] gains(float[][] v) {
    float[] gains = new float[v.length];
    for (int r = 0; r < v.length; r++) {
      gains[r] = v[r][v[r].length - 1] - v[r][0];
    }
    return gains;
  }

  private static double[] shared(double[] values, int[] sizes) {
    double[] shares = new double[values.length];
    for (int j = 0; j < shares.length; j++) {
      shares[j] = values[j] / sizes[j];
    }
    return shares;
  }
}
