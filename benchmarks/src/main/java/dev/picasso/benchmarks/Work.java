package dev.picasso.benchmarks;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.HiddenRuns;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.RegionUse;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What can be timed of a model and one image, as the requests to a {@link Worker} name it:
 *
 * <pre>
 * {"kind": "forward"}                                 scores and probabilities
 * {"kind": "box", "box": [80, 80, 64, 64], "regions": "off"}
 *                                                     the same with a box hidden: left, top, width, height
 * {"kind": "bare", "batch": 16, "count": 64}          ONNX Runtime alone, 64 images, 16 at a time
 * {"kind": "method", "method": "occlusion", "settings": {"stride": "24"}, "classes": [7]}
 * </pre>
 */
final class Work implements AutoCloseable {
  private final Path file;
  private final Explainer explainer;
  private final Tensor image;
  private final int threads;
  private final Map<RegionUse, HiddenRuns> boxes = new EnumMap<>(RegionUse.class);
  private Optional<BareSession> bare = Optional.empty();

  Work(Path file, Explainer explainer, Tensor image, int threads) {
    this.file = file;
    this.explainer = explainer;
    this.image = image;
    this.threads = threads;
  }

  /** The work that a request names, ready to be done as often as wanted. */
  Runnable of(JsonNode work) throws OrtException {
    return switch (work.path("kind").asText()) {
      case "forward" -> () -> explainer.predict(image);
      case "box" -> box(work);
      case "bare" -> passes(work.path("batch").asInt(), work.path("count").asInt());
      case "method" -> {
        Attribution method = method(work);
        List<Target> classes = classes(work);
        yield () -> explain(method, classes);
      }
      default -> throw new IllegalArgumentException("nothing to do: " + work);
    };
  }

  /** The map of the first class, a number for each pixel or position. */
  Tensor map(JsonNode work) {
    Attribution method = method(work);
    Maps maps = explain(method, classes(work));
    return maps.heatMaps(explainer.imageInput(), method.reduction()).get(0).tensor();
  }

  private Maps explain(Attribution method, List<Target> classes) {
    Images rows = Images.of(image).each(classes.size());
    return method.explain(explainer, rows, classes, Progress.NONE);
  }

  private static Attribution method(JsonNode work) {
    Map<String, String> settings = new LinkedHashMap<>();
    work.path("settings")
        .properties()
        .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    return Methods.builtIn().get(work.path("method").asText(), settings);
  }

  private static List<Target> classes(JsonNode work) {
    return StreamSupport.stream(work.path("classes").spliterator(), false)
        .map(each -> Target.ofClass(each.asInt()))
        .toList();
  }

  private Runnable passes(int batch, int count) throws OrtException {
    if (bare.isEmpty()) {
      bare = Optional.of(new BareSession(file, threads));
    }
    BareSession session = bare.get();
    Tensor images = Batches.repeated(image, batch);
    return () -> {
      for (int done = 0; done < count; done += batch) {
        float unused = session.run(images);
      }
    };
  }

  /**
   * The image with 0 in a box. What can be done before it is known where the box lies is not timed:
   * somebody looks at the picture before drawing one.
   */
  private Runnable box(JsonNode work) {
    JsonNode at = work.path("box");
    Window box =
        new Window(at.path(0).asInt(), at.path(1).asInt(), at.path(2).asInt(), at.path(3).asInt());
    RegionUse regions =
        work.path("regions").asText().equals("off") ? RegionUse.OFF : RegionUse.AUTO;
    HiddenRuns runs =
        boxes.computeIfAbsent(
            regions,
            r ->
                HiddenRuns.of(
                    explainer, Forward.SCORES, image, new float[(int) image.size()], box, r));
    return () -> runs.run(List.of(box));
  }

  @Override
  public void close() throws OrtException {
    if (bare.isPresent()) {
      bare.get().close();
    }
  }
}
