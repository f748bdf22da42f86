package dev.picasso.attribution;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Layout;
import dev.picasso.image.Window;
import dev.picasso.model.InputSpec;
import dev.picasso.region.Places;
import dev.picasso.region.RegionGraph;
import dev.picasso.region.RegionPlan;
import dev.picasso.region.Span;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of a model on one image with a window hidden, each computed only where it changes. */
public final class RegionRuns {
  private final Explainer explainer;
  private final Regional regional;
  private final RegionPlan plan;
  private final RegionGraph.Program program;
  private final InputSpec input;
  private final float[] image;
  private final float[] cover;
  private final Map<String, Tensor> maps = new LinkedHashMap<>();

  public RegionRuns(
      Explainer explainer, Forward forward, int height, int width, Tensor image, float[] cover) {
    this.explainer = explainer;
    this.input = explainer.imageInput();
    this.regional = new Regional(height, width, forward);
    this.plan = regional.plan(explainer.model());
    this.program = RegionGraph.of(plan);
    this.image = image.floats();
    this.cover = cover.clone();
    Map<String, Tensor> told =
        explainer.run(new Regional.Unchanged(regional), image, Map.of());
    plan.kept().forEach(v -> maps.put(v, told.get(Regional.Unchanged.map(v))));
  }

  public RegionPlan plan() {
    return plan;
  }

  /** What the model tells with each of some windows hidden. */
  public Map<String, Tensor> run(List<Window> windows) {
    Places places =
        new Places(
            program,
            windows.stream()
                .map(
                    w ->
                        new Places.Place(
                            new Span(w.top(), w.top() + w.height()),
                            new Span(w.left(), w.left() + w.width())))
                .toList());
    Map<String, Tensor> inputs = places.inputs(maps);
    inputs.put(program.parts(), parts(places));
    return explainer.runAsItIs(regional, inputs);
  }

  private Tensor parts(Places places) {
    List<Places.Place> held = places.held();
    int height = held.get(0).rows().length();
    int width = held.get(0).columns().length();
    int channels = input.channels();
    ByteBuffer bytes = Tensor.allocate(4L * held.size() * height * width * channels);
    FloatBuffer out = bytes.asFloatBuffer();
    boolean last = input.layout() != Layout.NCHW;
    float[] part = new float[height * width * channels];
    for (int i = 0; i < held.size(); i++) {
      Places.Place place = held.get(i);
      Places.Place hidden = places.all().get(i);
      int at = 0;
      for (int c = 0; c < channels; c++) {
        for (int y = place.rows().from(); y < place.rows().to(); y++) {
          for (int x = place.columns().from(); x < place.columns().to(); x++) {
            int from =
                c * input.channelStride() + (y * input.width() + x) * input.pixelStride();
            boolean covered = hidden.rows().holds(y) && hidden.columns().holds(x);
            int to =
                last
                    ? ((y - place.rows().from()) * width + x - place.columns().from()) * channels + c
                    : at;
            part[to] = covered ? cover[from] : image[from];
            at++;
          }
        }
      }
      out.put(part);
    }
    return last
        ? Tensor.of(
            DataType.FLOAT,
            dev.picasso.graph.Shape.of(held.size(), height, width, channels),
            bytes)
        : Tensor.of(
            DataType.FLOAT,
            dev.picasso.graph.Shape.of(held.size(), channels, height, width),
            bytes);
  }
}
