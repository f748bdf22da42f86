package dev.picasso.run.figure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.run.Provenance;
import dev.picasso.settings.Named;
import dev.picasso.visualization.SideBySide;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What to say of results in a paper: how they were made, in a paragraph that can be copied, a
 * caption, and the papers of the methods for BibTeX.
 *
 * @param methods those that made the maps
 * @param images JSON of each, for what was chosen on the way and how classes are called
 */
public record Citation(Provenance provenance, List<Cited> methods, List<JsonNode> images) {
  private static final int HASH = 16;

  public Citation {
    methods = List.copyOf(methods);
    images = List.copyOf(images);
  }

  /**
   * For the results of a visualization.
   *
   * @param visualization that of the provenance
   * @param images JSON of each image
   */
  public static Citation of(
      Provenance provenance, Visualization<?> visualization, List<JsonNode> images) {
    return new Citation(
        provenance,
        visualization.id().equals(SideBySide.ID)
            ? compared(Named.list(provenance.settings().getOrDefault(SideBySide.METHODS, "")))
            : List.of(
                new Cited(
                    "", visualization.title(), visualization.reference(), provenance.settings())),
        images);
  }

  private static List<Cited> compared(List<Named> named) {
    List<String> names = SideBySide.names(named);
    List<Cited> methods = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      Attribution method = Methods.builtIn().get(named.get(i).id(), named.get(i).settings());
      Map<String, String> settings = Methods.schema(method).initial();
      methods.add(new Cited(names.get(i), method.title(), method.reference(), settings));
    }
    return methods;
  }

  /** Of those methods alone whose maps are shown, where their headings tell. */
  Citation of(List<RecordedMap> maps) {
    List<Cited> shown = methods.stream().filter(m -> maps.stream().anyMatch(m::isOf)).toList();
    return shown.isEmpty() ? this : new Citation(provenance, shown, images);
  }

  /** As in "Grad-CAM of vgg16.h5". */
  public String title() {
    return joined(titles()) + " of " + provenance.model().file();
  }

  private List<String> titles() {
    return methods.stream().map(Cited::title).distinct().toList();
  }

  /** As in "a, b and c". */
  static String joined(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /**
   * The usual caption.
   *
   * @param shown maps, and pictures that inputs hold
   * @param each whether each has a scale of its own
   */
  String caption(List<RecordedMap> shown, boolean each) {
    return new Caption(this, shown).text(each);
  }

  /** Which inputs are explained of a model with several, and what they hold. */
  Optional<String> inputs() {
    List<String> explained = List.copyOf(provenance.explained().keySet());
    String held =
        provenance.held().entrySet().stream()
            .map(e -> "; " + e.getKey() + " holds " + e.getValue().file())
            .collect(Collectors.joining());
    return switch (explained.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("Of the model's inputs " + explained.get(0) + " is explained" + held);
      default ->
          Optional.of("Of the model's inputs " + joined(explained) + " are explained" + held);
    };
  }

  /** The files of the models, without folders. */
  String files() {
    return joined(Stream.concat(Stream.of(provenance.model().file()), others()).toList());
  }

  /** Those beside the first; of results that do not tell more, what settings call them. */
  private Stream<String> others() {
    return names().map(n -> beside(n).map(Provenance.OfModel::file).orElse(withoutFolders(n)));
  }

  private Stream<String> names() {
    return provenance.visualization().equals(SideBySide.ID)
        ? SideBySide.others(provenance.settings().getOrDefault(SideBySide.MODELS, "")).stream()
        : Stream.empty();
  }

  private Optional<Provenance.OfModel> beside(String name) {
    return Optional.ofNullable(provenance.others().get(name)).map(Provenance.Beside::model);
  }

  private static String withoutFolders(String path) {
    return path.replaceFirst(".*[/\\\\]", "");
  }

  /** How the results were made, in a paragraph. */
  public String text() {
    Provenance.Machine machine = provenance.machine();
    List<String> models =
        Stream.concat(
                Stream.of(inFull(provenance.model())),
                names().map(n -> beside(n).map(Citation::inFull).orElse(withoutFolders(n))))
            .toList();
    return "Heat maps were computed with "
        + joined(methods.stream().map(Cited::inFull).distinct().toList())
        + (models.size() == 1 ? " for the model " : " for the models ")
        + joined(models)
        + " by Picasso "
        + provenance.picasso()
        + " with ONNX Runtime "
        + machine.onnxRuntime()
        + " on Java "
        + machine.java()
        + " ("
        + machine.system()
        + ", "
        + machine.device()
        + ")."
        + inputs().map(sentence -> " " + sentence + ".").orElse("")
        + settings()
        + (provenance.model().numbers() ? " Outputs: " : " Classes: ")
        + classes()
        + ". Preparation of images: "
        + list(provenance.preprocessing())
        + ".";
  }

  private static String inFull(Provenance.OfModel model) {
    return model.file()
        + " ("
        + model.format()
        + hash(", SHA-256 ", model.sha256())
        + hash(", graph ", model.graph())
        + ")";
  }

  /** Those of each method, with what it chose by itself. */
  private String settings() {
    List<RecordedMap> maps =
        images.stream()
            .flatMap(image -> ResultFigure.maps(Path.of(""), provenance, image).stream())
            .toList();
    StringBuilder text = new StringBuilder();
    for (Cited method : methods) {
      List<RecordedMap> own = maps.stream().filter(method::isOf).toList();
      String settings = list(MethodSettings.effective(method.settings(), own));
      String of = method.name().isEmpty() ? "" : " of " + method.name();
      text.append(settings.isEmpty() ? "" : " Settings" + of + ": " + settings + ".");
    }
    if (provenance.visualization().equals(SideBySide.ID)) {
      Map<String, String> others = new LinkedHashMap<>(provenance.settings());
      others.keySet().removeAll(Set.of(SideBySide.METHODS, SideBySide.MODELS));
      text.append(others.isEmpty() ? "" : " Settings of all: " + list(others) + ".");
    }
    return text.toString();
  }

  private String classes() {
    if (provenance.classes().ofTruth()) {
      return "what each image truly shows";
    }
    List<Integer> chosen = provenance.classes().chosen();
    if (provenance.classes().isPair()) {
      return called(provenance.classes().ofPair())
          + " against "
          + called(provenance.classes().against())
          + " (the difference of their scores)";
    }
    int top = provenance.classes().top();
    return chosen.isEmpty()
        ? provenance.model().numbers()
            ? "up to the first " + top
            : top == 1 ? "the most probable" : "the " + top + " most probable"
        : joined(chosen.stream().map(this::called).toList());
  }

  /** As in "tank (number 847)". */
  private String called(int index) {
    String number = "number " + index;
    return images.stream()
        .flatMap(image -> StreamSupport.stream(image.path("predictions").spliterator(), false))
        .filter(prediction -> prediction.path("index").asInt(-1) == index)
        .map(prediction -> prediction.path("label").asText())
        .filter(label -> !label.isEmpty())
        .findFirst()
        .map(label -> label + " (" + number + ")")
        .orElse(number);
  }

  private static String hash(String before, String hash) {
    return hash.isEmpty() ? "" : before + hash.substring(0, Math.min(HASH, hash.length()));
  }

  private static String list(Map<String, ?> facts) {
    return facts.entrySet().stream()
        .filter(fact -> !String.valueOf(fact.getValue()).isEmpty())
        .map(fact -> fact.getKey() + " " + ShortNumbers.in(String.valueOf(fact.getValue())))
        .collect(Collectors.joining(", "));
  }

  /** The methods' papers and the program, for BibTeX. */
  public String bibTex() {
    return Stream.concat(
            methods.stream().flatMap(m -> m.reference().stream()).distinct().map(BibTex::of),
            Stream.of(BibTex.ofPicasso(provenance.picasso(), provenance.made())))
        .collect(Collectors.joining("\n"));
  }
}
