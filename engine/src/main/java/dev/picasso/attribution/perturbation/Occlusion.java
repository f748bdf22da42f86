package dev.picasso.attribution.perturbation;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.HiddenRuns;
import dev.picasso.attribution.HidesWindows;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.RegionUse;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
 *     but for rounding. APPROXIMATE computes about half of the patches and estimates the others,
 *     see {@link CoarseToFine}; the notes of the maps tell the error that it observed
 * @param share where approximate: how much of a side of a layer is computed at most
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
                    + " the map is the same. Approximate computes about half of the squares,"
                    + " estimates the others, and says how far off it is.")
        RegionUse regions,
    @Label(
            value = "Share",
            help =
                "Where approximate: how much of a layer's side is computed at most; less is faster"
                    + " and less right.")
        @Range(min = .1, max = 1)
        @Suggested({"1", "0.6", "0.4"})
        double share)
    implements Attribution, HidesWindows {
  private static final int MOST_PATCHES = 100_000;

  public Occlusion {
    fill = Covers.checked("Occlusion", fill);
  }

  public Occlusion() {
    this(16, 8, "0", 0);
  }

  /** With regions where they pay. */
  public Occlusion(int patch, int stride, String fill, int seed) {
    this(patch, stride, fill, seed, RegionUse.AUTO, 1);
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
    String[] notes = new String[x.size()];
    for (int image = 0; image < asked.images(); image++) {
      explain(asked, image, patches, maps, notes, asked.part(progress, image));
    }
    String meaning = "drop of the " + asked.noun() + " with the patch hidden";
    return regions == RegionUse.APPROXIMATE
        ? Maps.signed(maps.tensor(), Maps.Frame.PIXELS, meaning + ", approximate")
            .noting(List.of(notes))
        : Maps.signed(maps.tensor(), Maps.Frame.PIXELS, meaning);
  }

  @Override
  public Window window(InputSpec input) {
    return new Window(0, 0, Math.min(patch, input.width()), Math.min(patch, input.height()));
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
      Asked asked,
      int image,
      List<Window> patches,
      Planes maps,
      String[] notes,
      Progress progress) {
    List<Integer> rows = asked.x().rowsOf(image);
    Tensor one = Batches.rows(asked.x().distinct(), image, image + 1);
    float[][] whole = asked.numbers(image, one);
    float[][] hidden;
    if (regions == RegionUse.APPROXIMATE) {
      CoarseToFine.Found found = approximately(asked, image, one, patches, progress);
      hidden = found.numbers();
      for (int r = 0; r < hidden.length; r++) {
        notes[rows.get(r)] = found.notes().get(r);
      }
    } else {
      List<Integer> all = IntStream.range(0, patches.size()).boxed().toList();
      hidden = numbers(asked, image, runs(asked, image, one, patches, 1), patches, all, progress);
    }
    int[] counts = new int[asked.pixels()];
    patches.forEach(patch -> count(counts, patch, asked));
    for (int r = 0; r < hidden.length; r++) {
      double[] sum = new double[asked.pixels()];
      for (int i = 0; i < patches.size(); i++) {
        add(sum, patches.get(i), asked, whole[r][0] - hidden[r][i]);
      }
      maps.set(rows.get(r), means(sum, counts));
    }
  }

  private HiddenRuns runs(Asked asked, int image, Tensor one, List<Window> patches, double cap) {
    float[] cover = Covers.of(fill, seed, asked.x(), image);
    Forward forward = asked.forward(image);
    return HiddenRuns.of(asked.explainer(), forward, one, cover, patches.get(0), regions, cap);
  }

  /** What each row of an image says with some of the patches hidden. */
  private static float[][] numbers(
      Asked asked,
      int image,
      HiddenRuns runs,
      List<Window> patches,
      List<Integer> which,
      Progress progress) {
    List<Integer> rows = asked.x().rowsOf(image);
    float[][] hidden = new float[rows.size()][which.size()];
    int[] done = {0};
    runs.each(
        which.stream().map(patches::get).toList(),
        (some, outputs) -> {
          for (int r = 0; r < hidden.length; r++) {
            float[] told = asked.read(rows.get(r), outputs);
            for (int i = 0; i < told.length; i++) {
              hidden[r][some.get(i)] = told[i];
            }
          }
          done[0] += some.size();
          progress.done(done[0] / (double) which.size());
        });
    return hidden;
  }

  private CoarseToFine.Found approximately(
      Asked asked, int image, Tensor one, List<Window> patches, Progress progress) {
    int across = (int) patches.stream().filter(p -> p.top() == 0).count();
    CoarseGrid grid = new CoarseGrid(across, patches.size() / across);
    int[] done = {0};
    HiddenRuns exact = runs(asked, image, one, patches, 1);
    HiddenRuns capped = share < 1 ? runs(asked, image, one, patches, share) : exact;
    CoarseToFine.Computing right =
        places -> counted(asked, image, exact, patches, places, done, progress);
    CoarseToFine.Computing fast =
        places -> counted(asked, image, capped, patches, places, done, progress);
    return CoarseToFine.of(
        grid,
        asked.x().rowsOf(image).size(),
        right,
        share < 1 && capped.inParts() ? Optional.of(fast) : Optional.empty(),
        seed);
  }

  /** How many are to be computed is known at the end only; it is never more than all. */
  private static float[][] counted(
      Asked asked,
      int image,
      HiddenRuns runs,
      List<Window> patches,
      List<Integer> places,
      int[] done,
      Progress progress) {
    double from = Math.min(1, done[0] / (double) patches.size());
    done[0] += places.size();
    double to = Math.min(1, done[0] / (double) patches.size());
    return numbers(asked, image, runs, patches, places, progress.part(from, to));
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
