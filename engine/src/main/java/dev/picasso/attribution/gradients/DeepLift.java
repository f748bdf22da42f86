package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Askings;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Floats;
import dev.picasso.attribution.GraphMaps;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.gradient.Rescale;
import dev.picasso.gradient.TwoRuns;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * (x − x′) times multipliers Δout/Δin, which are led back like gradients by the {@link Rescale}
 * rule; in the shape of x, with its sign. The numbers of a map sum to S(x) − S(x′). Shrikumar et
 * al. 2017, arXiv 1704.02685.
 */
@AutoService(Attribution.class)
public record DeepLift(
    @Label(value = "Baseline", help = "The image in which nothing is seen, which is compared with.")
        Baseline baseline)
    implements Attribution {
  private static final String RISE = "picasso/rise";

  public DeepLift() {
    this(Baseline.ZERO);
  }

  @Override
  public String id() {
    return "deeplift";
  }

  @Override
  public String title() {
    return "DeepLIFT";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score compared with an empty image, in one pass;"
        + " the pixels' numbers sum to what the score rises by.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Shrikumar et al. 2017, Learning Important Features Through Propagating Activation"
                + " Differences",
            "https://arxiv.org/abs/1704.02685"));
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.INPUT;
  }

  @Override
  public List<String> doubts(Explainer model) {
    Model of = model.model();
    Set<String> ops =
        Rescale.approximated(of.scores().graph(), Sketch.explained(of), of.scores().scores());
    return ops.isEmpty()
        ? List.of()
        : List.of(
            "DeepLIFT has no rule for "
                + String.join(", ", ops)
                + ", so that it takes the gradient there; the map may not add up.");
  }

  @Override
  public Optional<Graph> graph(Explainer model, Images like, Target target) {
    Model of = model.model();
    Tensor start = baseline.fixed(model, like);
    Graph both = TwoRuns.of(of.scores().graph(), Sketch.explained(of), start);
    Sketch sketch = GraphMaps.sketch(of, both, target);
    return Optional.of(GraphMaps.finished(sketch, map(sketch), GraphMaps.MAP));
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Questions questions = Questions.of(model, x, targets);
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    double[] rises = new double[x.size()];
    int draws = baseline.count();
    double[][] sums = new double[x.size()][maps.each()];
    String start = TwoRuns.name(Sketch.explained(model.model()));
    int done = 0;
    for (Askings alike : Askings.of(x, questions)) {
      Compared program = new Compared(alike.value());
      for (Askings piece : alike.pieces(model.batch(program))) {
        Progress share = progress.part((double) done / x.size(), 1);
        for (int draw = 0; draw < draws; draw++) {
          List<Map<String, Tensor>> out =
              model.run(
                  program,
                  piece.images(x),
                  Map.of(start, starts(model, x, piece, draw)),
                  piece.seeds(questions));
          for (int i = 0; i < out.size(); i++) {
            float[] found = output(out.get(i), GraphMaps.MAP);
            float[] rise = output(out.get(i), RISE);
            for (int n = 0; n < rise.length; n++) {
              int row = piece.rows().get(n).get(i);
              rises[row] += rise[n] / (double) draws;
              for (int k = 0; k < maps.each(); k++) {
                sums[row][k] += found[n * maps.each() + k] / (double) draws;
              }
            }
          }
          share.done((draw + 1.) / draws * piece.rows().size() * piece.each() / (x.size() - done));
        }
        done += piece.rows().size() * piece.each();
      }
    }
    float[] total = new float[rises.length];
    for (int row = 0; row < total.length; row++) {
      maps.put(row, sums[row]);
      total[row] = (float) rises[row];
    }
    return Maps.signed(maps.tensor(), frame(), "part of the score that comes from the pixel")
        .summingTo(Tensor.of(total, total.length));
  }

  /** The baseline of each image in a draw. */
  private Tensor starts(Explainer model, Images x, Askings piece, int draw) {
    Floats starts = Floats.of(x.row(0).shape(), piece.rows().size());
    for (int n = 0; n < piece.rows().size(); n++) {
      starts.row(n).put(baseline.of(model, x, piece.rows().get(n).get(0), draw));
    }
    return starts.tensor();
  }

  private static float[] output(Map<String, Tensor> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow().floats();
  }

  /** The map for any seed and baseline, and by how much the score rises from the baseline. */
  private record Compared(String of) implements Derived {
    @Override
    public Graph graph(Model model) {
      String input = Sketch.explained(model);
      Graph both = TwoRuns.of(model.scores().graph(), input);
      Sketch sketch = Sketch.of(model, both, of);
      GraphBuilder g = sketch.builder();
      Value rise = g.sub(sketch.score(), sketch.score(TwoRuns.name(of)));
      return g.build(
          g.named(g.identity(map(sketch)), GraphMaps.MAP), g.named(g.identity(rise), RISE));
    }
  }

  private static Value map(Sketch sketch) {
    GraphBuilder g = sketch.builder();
    Value x = sketch.x();
    Value start = g.lookUp(TwoRuns.name(x.name()));
    Value multipliers = sketch.walkedBack(new Rescale(), List.of(x.name())).get(0);
    Value way = g.sub(g.cast(x, DataType.FLOAT), g.cast(start, DataType.FLOAT));
    return g.mul(way, g.cast(multipliers, DataType.FLOAT));
  }
}
