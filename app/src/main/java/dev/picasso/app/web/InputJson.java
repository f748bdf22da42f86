package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.doctor.DiagnosisJson;
import dev.picasso.format.layout.Results;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.PreprocessingText;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.image.ResizeFilter;
import dev.picasso.model.Model;
import dev.picasso.model.config.ConfigurationWriter;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.config.PreprocessingKeys;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How images get into a model, as JSON. */
final class InputJson {
  private static final int MOST_LABELS = 100_000;

  private InputJson() {}

  /**
   * All of it; of a model that is not ready only how far it is.
   *
   * @param own whether the model, or its input, is this person's
   * @param left what was left out of what the person sent, a sentence each
   */
  static ObjectNode of(ServedModel served, boolean own, List<String> left) {
    ObjectNode json = Json.object();
    json.put("model", served.id());
    json.put("state", served.state().name().toLowerCase(Locale.ROOT));
    json.put("own", own);
    json.put("title", served.configured().request().title());
    served.problem().ifPresent(p -> json.put("problem", p));
    served.ready().ifPresent(ready -> add(json, ready));
    ArrayNode inputs = json.putArray("inputs");
    served.slots().forEach(slot -> inputs.add(slot(slot)));
    left.forEach(json.putArray("leftOut")::add);
    return json;
  }

  /** An input of a model with several. */
  static ObjectNode slot(InputSlot slot) {
    ObjectNode json =
        Json.object()
            .put("name", slot.name())
            .put("shape", slot.shape())
            .put("takesImages", slot.takesImages())
            .put("explained", slot.explained());
    slot.holds().ifPresent(file -> json.put("holds", String.valueOf(file.getFileName())));
    return json;
  }

  private static void add(ObjectNode json, ReadyModel ready) {
    Optional<Preprocessing> way = way(ready);
    json.put(
        "words",
        way.map(PreprocessingText::of)
            .orElse("by the class " + ready.input().preprocessor().getClass().getName()));
    way.ifPresent(p -> editable(json, p, ready.input().guessedRange().isPresent()));
    ready.input().guessedRange().ifPresent(range -> json.put("guessedRange", range));
    ready.input().assumed().forEach(json.putArray("assumed")::add);
    Model model = ready.model();
    model
        .input()
        .ifPresent(
            input ->
                json.putObject("size")
                    .put("height", input.height())
                    .put("width", input.width())
                    .put("channels", input.channels()));
    ArrayNode labels = json.putArray("labels");
    model.shownClasses().stream().limit(MOST_LABELS).forEach(labels::add);
    json.put("classCount", model.shownTargets());
    json.put(
        "head", ready.configured().request().head().map(ConfigurationWriter::words).orElse("auto"));
    json.put("headWords", model.head().kind().words());
    List<String> asked = ready.configured().request().options().outputs();
    json.put("output", asked.isEmpty() ? "" : asked.get(0));
    ArrayNode outputs = json.putArray("outputs");
    model.imported().graph().outputs().forEach(o -> outputs.add(Results.nameInFile(o)));
  }

  private static void editable(ObjectNode json, Preprocessing way, boolean guess) {
    ObjectNode keys = DiagnosisJson.keys(PreprocessingKeys.of(way));
    if (guess) {
      keys.put(PreprocessingKeys.ASSUMED, "true"); // until somebody says the numbers
    }
    json.set("preprocessing", keys);
    preset(way).ifPresent(p -> json.put("preset", p));
    ObjectNode choices = json.putObject("choices");
    words(choices, "preset", Stream.of(Preset.values()).map(Preset::name));
    words(
        choices,
        "color",
        Stream.of(ColourMode.values())
            .filter(c -> c.channels() == way.colour().channels())
            .map(ColourMode::name));
    words(choices, "filter", Stream.of(ResizeFilter.values()).map(ResizeFilter::name));
    boolean two = way.layout() == Layout.NHWC || way.layout() == Layout.NCHW;
    words(choices, "layout", two ? Stream.of("nhwc", "nchw") : Stream.of());
    words(choices, "head", Stream.of("auto", "softmax", "sigmoid", "none"));
  }

  private static void words(ObjectNode json, String key, Stream<String> words) {
    ArrayNode list = json.putArray(key);
    words.map(w -> w.toLowerCase(Locale.ROOT)).forEach(list::add);
  }

  /** The preset that says these numbers, where one does. */
  private static Optional<String> preset(Preprocessing way) {
    return Stream.of(Preset.values())
        .filter(p -> isPreset(way, p))
        .map(p -> p.name().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static boolean isPreset(Preprocessing way, Preset preset) {
    try {
      Preprocessing bare = way.normalized(List.of(0.), List.of(1.));
      Preprocessing same = bare.with(preset);
      return same.scale() == way.scale()
          && same.offset() == way.offset()
          && same.mean().equals(way.mean())
          && same.std().equals(way.std());
    } catch (PicassoException e) {
      return false; // a preset of three channels, a model of one
    }
  }

  /** The configuration that says all of it; images lie wherever the person keeps them. */
  static String yaml(ServedModel served, ReadyModel ready) {
    Path path = served.configured().request().path().toAbsolutePath().normalize();
    Preprocessing way =
        way(ready)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        422, "Its images are prepared by a class, which no key can say."));
    Path folder =
        served
            .configured()
            .request()
            .within()
            .map(f -> f.toAbsolutePath().normalize())
            .orElseGet(() -> path.resolveSibling(""));
    // Sample images and what inputs hold lie where only whoever serves them knows.
    ConfiguredModel alone =
        new ConfiguredModel(
            served.configured().request(),
            served.configured().preprocessing().assumed(ready.input().guessedRange().isPresent()),
            served.configured().top(),
            List.of());
    return ConfigurationWriter.of(alone, way, folder);
  }

  private static Optional<Preprocessing> way(ReadyModel ready) {
    return ready.input().preprocessor() instanceof Preprocessor p
        ? Optional.of(p.settings())
        : Optional.empty();
  }
}
