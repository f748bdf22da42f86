package dev.picasso.attribution.perturbation;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.segments.Felzenszwalb;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * XRAI: integrated gradients from black and from white, averaged and summed over the channels; then
 * regions of the picture at six scales, ranked by their mean. Kapishnikov et al. 2019, arXiv
 * 1906.02825.
 *
 * <p>[N, H, W] of both signs: a pixel has the mean of the region by which it was first covered
 * ({@link RankedRegions}). The map sums to S(x) − (S(black) + S(white)) / 2, but for what the steps
 * miss. Regions are those of {@link Felzenszwalb#forXrai}, widened by five of 224 pixels; one that
 * would add fewer than 50 of 224 · 224 pixels is left out. Where it is not known how pictures
 * become the input, the least and the largest number of x stand for black and white.
 *
 * @param steps of the integral, from each of the two
 */
@AutoService(Attribution.class)
public record Xrai(
    @Label(value = "Steps", help = "Of the integral from black and of that from white.")
        @Range(min = 2, max = 1000)
        @Suggested({"20", "50", "100"})
        int steps)
    implements Attribution {
  private static final double USUAL_SIDE = 224;
  private static final double WIDENED = 5 / USUAL_SIDE;
  private static final double LEAST = 50 / (USUAL_SIDE * USUAL_SIDE);

  public Xrai() {
    this(50);
  }

  @Override
  public String id() {
    return "xrai";
  }

  @Override
  public String title() {
    return "XRAI";
  }

  @Override
  public String description() {
    return "See which regions of the picture add most to the score, from the best on.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Kapishnikov et al. 2019, XRAI: Better Attributions Through Regions",
            "https://arxiv.org/abs/1906.02825"));
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.PIXELS;
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Asked asked = Asked.of(model, x, targets);
    Planes maps = new Planes(asked.input(), x.size());
    float[] sums = new float[x.size()];
    for (int image = 0; image < asked.images(); image++) {
      explain(asked, image, maps, sums, asked.part(progress, image));
    }
    return Maps.signed(
            maps.tensor(), Maps.Frame.PIXELS, "what the region adds to the score, for each pixel")
        .summingTo(Tensor.of(sums, sums.length));
  }

  private void explain(Asked asked, int image, Planes maps, float[] sums, Progress progress) {
    Images x = asked.x();
    Questions questions = asked.questions();
    List<Integer> rows = x.rowsOf(image);
    Tensor one = Batches.rows(x.distinct(), image, image + 1);
    List<float[]> ends = baselines(x, image);
    Tensor points =
        Batches.joined(
            List.of(
                Tensor.of(ends.get(0), one.shape().dims()),
                Tensor.of(ends.get(1), one.shape().dims()),
                one));
    float[][] scores = questions.numbers(rows, points, Quantity.LOGITS);
    List<Mask> regions = regions(asked, image);
    int least = (int) Math.max(1, Math.round(LEAST * asked.pixels()));
    for (int r = 0; r < rows.size(); r++) {
      int row = rows.get(r);
      double[] attribution = new double[asked.pixels()];
      for (int end = 0; end < 2; end++) {
        StraightPath path = new StraightPath(ends.get(end), one.floats(), one.shape(), steps);
        double runs = 2. * rows.size();
        Progress part = progress.part((2 * r + end) / runs, (2 * r + end + 1) / runs);
        add(attribution, path.integrated(questions, row, part), asked.input());
      }
      maps.set(row, RankedRegions.densities(attribution, regions, least));
      sums[row] = scores[r][2] - (scores[r][0] + scores[r][1]) / 2;
    }
  }

  /** Half of the sum over the channels. */
  private static void add(double[] sum, double[] attribution, InputSpec input) {
    for (int c = 0; c < input.channels(); c++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += attribution[c * input.channelStride() + i * input.pixelStride()] / 2;
      }
    }
  }

  private static List<float[]> baselines(Images x, int image) {
    if (x.preprocessor().isPresent()) {
      return List.of(Covers.of("black", 0, x, image), Covers.of("white", 0, x, image));
    }
    float[] numbers = Hiding.numbers(x, image);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    float[] least = new float[numbers.length];
    float[] largest = new float[numbers.length];
    Arrays.fill(least, low);
    Arrays.fill(largest, high);
    return List.of(least, largest);
  }

  private static List<Mask> regions(Asked asked, int image) {
    InputSpec input = asked.input();
    double widened = WIDENED * Math.min(input.width(), input.height());
    return Felzenszwalb.forXrai(Pictures.of(asked.x(), image, input)).stream()
        .flatMap(segments -> segments.masks().stream())
        .map(mask -> mask.dilated(widened))
        .toList();
  }
}
