package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.Quantity.PROBABILITIES;
import static java.util.stream.IntStream.range;

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
import dev.picasso.graph.Tensor;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * RISE: the mean of random masks m, each weighted by the probability of the masked picture, Σ p(x ⊙
 * m) · m / (N · keep). Petsiuk et al. 2018, arXiv 1806.07421, eq. 6.
 *
 * <p>[N, H, W], not negative where the numbers are probabilities: a pixel has the expected
 * probability given that it is seen. Masked pixels go to the number 0 as fed, as in the authors'
 * program. The standard error is that of the mean of independent masks.
 *
 * @param masks how many at most
 * @param grid cells a side
 * @param keep the probability that a cell is seen
 * @param seed of the masks; each image gets the same ones
 * @param stable whether to stop early, by {@link StrongestTenth}, which looks after {@value #FIRST}
 *     masks for the first time
 */
@AutoService(Attribution.class)
public record Rise(
    @Label(value = "Masks", help = "More make a smoother map and take longer.")
        @Range(min = 10, max = 20_000)
        @Suggested({"1000", "4000", "8000"})
        int masks,
    @Label(value = "Grid", help = "Cells of a mask along a side; more show smaller things.")
        @Range(min = 1, max = 64)
        @Suggested({"5", "7", "10", "14"})
        int grid,
    @Label(value = "Keep", help = "The share of the picture that a mask leaves, on average.")
        @Range(min = .01, max = .99)
        @Suggested({"0.1", "0.25", "0.5"})
        double keep,
    @Label(value = "Seed", help = "The same seed draws the same masks.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(value = "Stop when stable", help = StrongestTenth.HELP) boolean stable)
    implements Attribution {
  private static final int FIRST = 250;

  public Rise() {
    this(4000, 7, .5, 0, false);
  }

  @Override
  public String id() {
    return "rise";
  }

  @Override
  public String title() {
    return "RISE";
  }

  @Override
  public String description() {
    return "Show the model thousands of randomly masked pictures and see what they share when it"
        + " still finds the class.";
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
  public Family family() {
    return Family.PERTURBATION;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.PIXELS;
  }

  /** Every mask shows something, so that all pixels have a share in the mean of all masks. */
  @Override
  public boolean countsFromZero() {
    return false;
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Asked asked = Asked.of(model, x, targets);
    Planes maps = new Planes(asked.input(), x.size());
    Planes errors = new Planes(asked.input(), x.size());
    String[] notes = new String[x.size()];
    for (int image = 0; image < asked.images(); image++) {
      List<MaskMeans> means = explain(asked, image, asked.part(progress, image));
      for (int r = 0; r < means.size(); r++) {
        int row = x.rowsOf(image).get(r);
        maps.set(row, means.get(r).map(keep));
        notes[row] = means.get(r).count() + " masks";
        errors.set(row, means.get(r).error(keep));
      }
    }
    String meaning = "mean " + asked.noun() + " of the pictures that show this pixel";
    boolean signed = !asked.noun().equals("probability");
    Maps found = Maps.signed(maps.tensor(), frame(), meaning).within(errors.tensor());
    Maps noted = stable ? found.noting(List.of(notes)) : found;
    return signed ? noted : noted.unsigned();
  }

  private List<MaskMeans> explain(Asked asked, int image, Progress progress) {
    List<Integer> rows = asked.x().rowsOf(image);
    Tensor picture = asked.x().row(rows.get(0));
    MaskedPictures program =
        new MaskedPictures(asked.input(), grid, asked.questions().values(rows));
    int batch = Math.min(masks, asked.explainer().batch(program));
    Enlargement down = Enlargement.of(asked.input().height(), grid);
    Enlargement across = Enlargement.of(asked.input().width(), grid);
    RandomMasks random = new RandomMasks(down.places(), across.places(), grid, keep, seed);
    List<MaskMeans> means = rows.stream().map(row -> new MaskMeans(down, across)).toList();
    List<StrongestTenth> tenths = means.stream().map(mean -> new StrongestTenth(FIRST)).toList();
    Set<Integer> open = new TreeSet<>(range(0, means.size()).boxed().toList());
    for (int from = 0; from < masks && !open.isEmpty(); ) {
      int look = tenths.get(open.iterator().next()).next();
      int to = Math.min(stable ? Math.min(masks, look) : masks, from + batch);
      List<RandomMasks.Drawn> drawn = Stream.generate(random::next).limit(to - from).toList();
      Map<String, Tensor> outputs =
          asked.explainer().run(program, drawn.size(), program.inputs(picture, drawn));
      for (int r : open) {
        add(means.get(r), drawn, asked.questions().read(rows.get(r), outputs, PROBABILITIES));
      }
      from = to;
      progress.done(from / (double) masks);
      if (stable && from == look) {
        open.removeIf(r -> tenths.get(r).isStable(means.get(r).map(keep)));
      }
    }
    progress.done(1);
    return means;
  }

  private static void add(MaskMeans mean, List<RandomMasks.Drawn> masks, float[] numbers) {
    for (int k = 0; k < numbers.length; k++) {
      mean.add(masks.get(k), numbers[k]);
    }
  }
}
