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
import dev.picasso.image.Window;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.Arrays;
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
        int seed)
    implements Attribution {
  private static final int MOST_PATCHES = 100_000;

  public Occlusion {
    fill = Covers.checked("Occlusion", fill);
  }

  public Occlusion() {
    this(16, 8, "0", 0);
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
    int batch = Math.min(patches.size(), asked.batch(image));
    float[] cover = Covers.of(fill, seed, asked.x(), image);
    Hiding hiding = Hiding.of(asked.input(), asked.x(), image, cover, batch);
    float[][] whole = asked.numbers(image, hiding.image());
    double[][] sums = new double[rows.size()][asked.pixels()];
    int[] counts = new int[asked.pixels()];
    for (int from = 0; from < patches.size(); from += batch) {
      List<Window> some = patches.subList(from, Math.min(patches.size(), from + batch));
      List<float[]> masks = some.stream().map(w -> mask(w, asked)).toList();
      float[][] hidden = asked.numbers(image, hiding.under(masks));
      for (int i = 0; i < some.size(); i++) {
        for (int r = 0; r < sums.length; r++) {
          add(sums[r], some.get(i), asked, whole[r][0] - hidden[r][i]);
        }
        count(counts, some.get(i), asked);
      }
      progress.done((from + some.size()) / (double) patches.size());
    }
    for (int r = 0; r < sums.length; r++) {
      maps.set(rows.get(r), means(sums[r], counts));
    }
  }

  private static float[] mask(Window hidden, Asked asked) {
    float[] mask = new float[asked.pixels()];
    Arrays.fill(mask, 1);
    for (int y = hidden.top(); y < hidden.top() + hidden.height(); y++) {
      int at = y * asked.input().width() + hidden.left();
      Arrays.fill(mask, at, at + hidden.width(), 0);
    }
    return mask;
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
