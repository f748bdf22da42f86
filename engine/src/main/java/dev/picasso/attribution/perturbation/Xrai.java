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
import dev.picasso.attribution.Target;
import dev.picasso.attribution.gradients.Baseline;
import dev.picasso.attribution.gradients.IntegratedGradients;
import dev.picasso.attribution.gradients.Quadrature;
import dev.picasso.graph.Tensor;
import dev.picasso.image.segments.Felzenszwalb;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * XRAI: integrated gradients from black and from white, averaged, of each pixel the largest; then
 * regions of the picture at six scales, ranked by their mean. Kapishnikov et al. 2019, arXiv
 * 1906.02825.
 *
 * <p>[N, H, W] of both signs: a pixel has the mean of the region by which it was first covered
 * ({@link RankedRegions}). With the sum of the channels the map sums to S(x) − (S(black) +
 * S(white)) / 2, but for what the steps miss. Regions are those of {@link Felzenszwalb#forXrai},
 * widened by five of 224 pixels; one that would add fewer than 50 of 224 · 224 pixels is left out.
 *
 * @param steps of the integral, from each of the two
 * @param channels how a pixel's become one number
 */
@AutoService(Attribution.class)
public record Xrai(
    @Label(value = "Steps", help = "Of the integral from black and of that from white.")
        @Range(min = 2, max = 1000)
        @Suggested({"20", "50", "100"})
        int steps,
    @Label(value = "Channels", help = "How the colours of a pixel become one number.")
        Channels channels)
    implements Attribution {
  /** How the channels of a pixel become one number, before regions are ranked. */
  public enum Channels {
    /** The largest, as in the authors' program. */
    LARGEST,
    /** Their sum, so that the map sums to the score. */
    SUM
  }

  private static final double USUAL_SIDE = 224;
  private static final double WIDENED = 5 / USUAL_SIDE;
  private static final double LEAST = 50 / (USUAL_SIDE * USUAL_SIDE);

  public Xrai() {
    this(100, Channels.LARGEST);
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
    InputSpec input = model.imageInput();
    if (x.preprocessor().isEmpty()) {
      throw new InapplicableException(
          "XRAI: it is not known how pictures become this model's input, so that there is no black"
              + " and no white to begin with.");
    }
    Maps black = integrated(Baseline.BLACK).explain(model, x, targets, progress.part(0, .5));
    Maps white = integrated(Baseline.WHITE).explain(model, x, targets, progress.part(.5, 1));
    int least = (int) Math.max(1, Math.round(LEAST * input.width() * input.height()));
    Planes maps = new Planes(input, x.size());
    for (int image = 0; image < x.distinct().shape().dim(0); image++) {
      List<Mask> regions = regions(x, image, input);
      for (int row : x.rowsOf(image)) {
        model.check();
        double[] attribution = reduced(black.values(), white.values(), row, input);
        maps.set(row, RankedRegions.densities(attribution, regions, least));
      }
    }
    Maps found =
        Maps.signed(
            maps.tensor(), Maps.Frame.PIXELS, "what the region adds to the score, for each pixel");
    return channels == Channels.SUM
        ? found.summingTo(halves(black.total().orElseThrow(), white.total().orElseThrow()))
        : found;
  }

  private IntegratedGradients integrated(Baseline baseline) {
    return new IntegratedGradients(steps, Quadrature.TRAPEZOID, baseline);
  }

  /** The mean of two attributions of a row, one number a pixel. */
  private double[] reduced(Tensor a, Tensor b, int row, InputSpec input) {
    FloatBuffer first = a.floatBuffer();
    FloatBuffer second = b.floatBuffer();
    double[] pixels = new double[input.width() * input.height()];
    int start = row * pixels.length * input.channels();
    for (int c = 0; c < input.channels(); c++) {
      for (int i = 0; i < pixels.length; i++) {
        int at = start + c * input.channelStride() + i * input.pixelStride();
        double mean = ((double) first.get(at) + second.get(at)) / 2;
        boolean largest = c > 0 && channels == Channels.LARGEST;
        pixels[i] = largest ? Math.max(pixels[i], mean) : pixels[i] + mean;
      }
    }
    return pixels;
  }

  private static Tensor halves(Tensor a, Tensor b) {
    float[] sums = a.floats();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] + b.floatBuffer().get(i)) / 2;
    }
    return Tensor.of(sums, sums.length);
  }

  private static List<Mask> regions(Images x, int image, InputSpec input) {
    double widened = WIDENED * Math.min(input.width(), input.height());
    return Felzenszwalb.forXrai(Pictures.of(x, image, input)).stream()
        .flatMap(segments -> segments.masks().stream())
        .map(mask -> mask.dilated(widened))
        .toList();
  }
}
