package dev.picasso.attribution.perturbation;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.HiddenRuns;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.RegionUse;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Occlusion: how far the probability drops when a square patch is hidden, p(x) − p(hidden), for
 * patches at even distances. Zeiler and Fergus 2013, arXiv 1311.2901, section 4.2.
 *
 * <p>[N, H, W] of both signs: a pixel has the mean of the drops of all patches over it. Patches
 * start at the top left and lie wholly inside; a pixel that none covers has 0. A patch larger than
 * the picture covers all of it.
 *
 * @param patch side of the patch in pixels of the input
 * @param stride from a patch to the next, in pixels
 * @param fill what hides, a number as fed or a word of {@link Covers}
 * @param seed of noise
 * @param regions whether only what a patch can reach of each layer is computed; the map is the same
 *     but for rounding
 */
@AutoService(Attribution.class)
public record Occlusion(
    @Label(value = "Patch", help = "Side of the hidden square, in pixels of the model's input.")
        @Range(min = 1, max = 512)
        @Suggested({"8", "16", "32", "64"})
        int patch,
    @Label(value = "Stride", help = "Pixels from a square to the next; fewer take longer.")
        @Range(min = 1, max = 512)
        @Suggested({"4", "8", "16"})
        int stride,
    @Label(value = "Fill", help = Covers.HELP)
        @Suggested({"0", "grey", "black", "white", "mean", "blur", "noise"})
        String fill,
    @Label(value = "Seed", help = "The same seed draws the same noise.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(
            value = "Regions",
            help =
                "Auto computes only what a square can reach of each layer, where that is faster;"
                    + " the map is the same.")
        RegionUse regions)
    implements Attribution {
  private static final int MOST_PATCHES = 100_000;

  public Occlusion {
    fill = Covers.checked("Occlusion", fill);
  }

  public Occlusion() {
    this(16, 8, "0", 0);
  }

  /** With regions where they pay. */
  public Occlusion(int patch, int stride, String fill, int seed) {
    this(patch, stride, fill, seed, RegionUse.AUTO);
  }

  @Override
  public String id() {
    return "occlusion";
  }

  @Override
  public String title() {
    return "Occlusion";
  }

  @Override
  public String description() {
    return "Hide the picture patch by patch and see how far the class's probability drops.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zeiler and Fergus 2013, Visualizing and Understanding Convolutional Networks",
            "https://arxiv.org/abs/1311.2901"));
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
    List<Window> patches = patches(asked.input().width(), asked.input().height());
    Planes maps = new Planes(asked.input(), x.size());
    for (int image = 0; image < asked.images(); image++) {
      explain(asked, image, patches, maps, asked.part(progress, image));
    }
    String meaning = "drop of the " + asked.noun() + " with the patch hidden";
    return Maps.signed(maps.tensor(), Maps.Frame.PIXELS, meaning);
  }

  /** The squares, row by row. */
  List<Window> patches(int width, int height) {
    int across = Math.min(patch, width);
    int down = Math.min(patch, height);
    long count = ((width - across) / stride + 1L) * ((height - down) / stride + 1L);
    if (count > MOST_PATCHES) {
      throw new InapplicableException(
          "Occlusion: a stride of %d makes %,d patches of a picture of %d × %d; there may be %,d. Choose a larger stride."
              .formatted(stride, count, width, height, MOST_PATCHES));
    }
    List<Window> patches = new ArrayList<>();
    for (int top = 0; top + down <= height; top += stride) {
      for (int left = 0; left + across <= width; left += stride) {
        patches.add(new Window(left, top, across, down));
      }
    }
    return patches;
  }

  private void explain(
      Asked asked, int image, List<Window> patches, Planes maps, Progress progress) {
    List<Integer> rows = asked.x().rowsOf(image);
    Tensor one = Batches.rows(asked.x().distinct(), image, image + 1);
    float[] cover = Covers.of(fill, seed, asked.x(), image);
    HiddenRuns runs =
        HiddenRuns.of(asked.explainer(), asked.forward(image), one, cover, patches.get(0), regions);
    float[][] whole = asked.numbers(image, one);
    double[][] sums = new double[rows.size()][asked.pixels()];
    int[] counts = new int[asked.pixels()];
    patches.forEach(patch -> count(counts, patch, asked));
    int[] done = {0};
    runs.each(
        patches,
        (some, outputs) -> {
          for (int r = 0; r < sums.length; r++) {
            float[] hidden = asked.read(rows.get(r), outputs);
            for (int i = 0; i < hidden.length; i++) {
              add(sums[r], patches.get(some.get(i)), asked, whole[r][0] - hidden[i]);
            }
          }
          done[0] += some.size();
          progress.done(done[0] / (double) patches.size());
        });
    for (int r = 0; r < sums.length; r++) {
      maps.set(rows.get(r), means(sums[r], counts));
    }
  }

  private static void add(double[] sum, Window patch, Asked asked, double drop) {
    for (int y = patch.top(); y < patch.top() + patch.height(); y++) {
      int at = y * asked.input().width() + patch.left();
      for (int i = at; i < at + patch.width(); i++) {
        sum[i] += drop;
      }
    }
  }

  private static void count(int[] counts, Window patch, Asked asked) {
    for (int y = patch.top(); y < patch.top() + patch.height(); y++) {
      int at = y * asked.input().width() + patch.left();
      for (int i = at; i < at + patch.width(); i++) {
        counts[i]++;
      }
    }
  }

  private static float[] means(double[] sums, int[] counts) {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = counts[i] == 0 ? 0 : (float) (sums[i] / counts[i]);
    }
    return means;
  }
}
