package dev.picasso.run.figure;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Reference;
import dev.picasso.run.Provenance;
import dev.picasso.settings.Named;
import dev.picasso.visualization.SideBySide;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to say of results in a paper: how they were made, in a paragraph that can be copied, a
 * caption, and the papers of the methods for BibTeX.
 *
 * @param methods those that made the maps
 */
public record Citation(Provenance provenance, List<Cited> methods) {
  private static final int HASH = 16;

  /** A method and where it is described. */
  public record Cited(String title, Optional<Reference> reference) {
    /** As in "Grad-CAM (Selvaraju et al. 2016)". */
    String withYear() {
      return reference
          .flatMap(r -> BibTex.parse(r.title()))
          .map(paper -> title + " (" + paper.authors() + " " + paper.year() + ")")
          .orElse(title);
    }

    private String inFull() {
      return reference.map(r -> title + " (" + r.title() + ", " + r.url() + ")").orElse(title);
    }
  }

  public Citation {
    methods = List.copyOf(methods);
  }

  /**
   * For the results of a visualization.
   *
   * @param visualization that of the provenance
   */
  public static Citation of(Provenance provenance, Visualization<?> visualization) {
    return new Citation(
        provenance,
        visualization.id().equals(SideBySide.ID)
            ? Named.list(provenance.settings().getOrDefault("methods", "")).stream()
                .map(Citation::method)
                .toList()
            : List.of(new Cited(visualization.title(), visualization.reference())));
  }

  private static Cited method(Named named) {
    Attribution method = Methods.builtIn().get(named.id(), named.settings());
    return new Cited(method.title(), method.reference());
  }

  /** Of those methods alone whose maps are shown, where their headings tell. */
  Citation of(List<RecordedMap> maps) {
    List<Cited> shown =
        methods.stream()
            .filter(m -> maps.stream().anyMatch(map -> map.label().startsWith(m.title())))
            .toList();
    return shown.isEmpty() ? this : new Citation(provenance, shown);
  }

  /** As in "Grad-CAM of vgg16.h5". */
  public String title() {
    return titles() + " of " + provenance.model().file();
  }

  private String titles() {
    return joined(methods.stream().map(Cited::title).distinct().toList());
  }

  /** As in "a, b and c". */
  private static String joined(List<String> words) {
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
    List<RecordedMap> maps = shown.stream().filter(map -> !map.isHeldPicture()).toList();
    List<String> sentences = new ArrayList<>();
    List<String> models = maps.stream().flatMap(m -> m.model().stream()).distinct().toList();
    sentences.add(
        joined(methods.stream().map(Cited::withYear).distinct().toList())
            + " of "
            + (models.isEmpty() ? provenance.model().file() + others() : joined(models)));
    inputs().ifPresent(sentences::add);
    Set<String> meanings =
        maps.stream()
            .map(RecordedMap::meaning)
            .filter(m -> !m.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> clippings =
        maps.stream()
            .map(RecordedMap::clipping)
            .filter(c -> !c.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!meanings.isEmpty()) {
      sentences.add(
          "Colours: "
              + Stream.concat(meanings.stream(), clippings.stream())
                  .collect(Collectors.joining("; ")));
    }
    if (each && maps.size() > 1) {
      sentences.add("Each map has its own scale");
    }
    List<String> numbers = maps.stream().flatMap(m -> m.numberOf().stream()).distinct().toList();
    boolean probabilities =
        !provenance.model().numbers()
            && maps.stream().allMatch(m -> m.number().filter(n -> n >= 0 && n <= 1).isPresent());
    boolean answers = maps.stream().anyMatch(m -> m.answer().isPresent());
    if (!numbers.isEmpty() || probabilities) {
      sentences.add(
          "Below each map: the "
              + (numbers.isEmpty() ? "probability of its class" : joined(numbers))
              + (answers ? ", and what its model predicts" : ""));
    } else if (provenance.model().numbers()) {
      sentences.add("Below each map: the number that the model tells");
    }
    return String.join(". ", sentences) + ".";
  }

  /** Which inputs are explained of a model with several, and what they hold. */
  private Optional<String> inputs() {
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

  private String others() {
    String others = provenance.settings().getOrDefault("models", "");
    return provenance.visualization().equals(SideBySide.ID) && !others.isBlank()
        ? " and " + others
        : "";
  }

  /** How the results were made, in a paragraph. */
  public String text() {
    Provenance.OfModel model = provenance.model();
    Provenance.Machine machine = provenance.machine();
    String settings = list(settings());
    return "Heat maps were computed with "
        + joined(methods.stream().map(Cited::inFull).distinct().toList())
        + " for the model "
        + model.file()
        + others()
        + " ("
        + model.format()
        + hash(", SHA-256 ", model.sha256())
        + hash(", graph ", model.graph())
        + ") by Picasso "
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
        + (settings.isEmpty() ? "" : " Settings: " + settings + ".")
        + (provenance.model().numbers() ? " Outputs: " : " Classes: ")
        + classes()
        + ". Preparation of images: "
        + list(provenance.preprocessing())
        + ".";
  }

  /** The settings, with the titles of methods that are compared. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(provenance.settings());
    if (provenance.visualization().equals(SideBySide.ID)) {
      settings.computeIfPresent("methods", (name, methods) -> titles(methods));
    }
    return settings;
  }

  /** As in "Grad-CAM (layer=conv3), Saliency map". */
  private static String titles(String methods) {
    return Named.list(methods).stream()
        .map(
            named -> {
              String with = named.toString().substring(named.id().length());
              return method(named).title() + (with.isEmpty() ? "" : " " + with);
            })
        .collect(Collectors.joining(", "));
  }

  private String classes() {
    if (provenance.classes().ofTruth()) {
      return "what each image truly shows";
    }
    List<Integer> chosen = provenance.classes().chosen();
    if (provenance.classes().isPair()) {
      return "number "
          + provenance.classes().ofPair()
          + " against number "
          + provenance.classes().against()
          + " (the difference of their scores)";
    }
    int top = provenance.classes().top();
    return chosen.isEmpty()
        ? provenance.model().numbers()
            ? "up to the first " + top
            : top == 1 ? "the most probable" : "the " + top + " most probable"
        : "number " + joined(chosen.stream().map(String::valueOf).toList());
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

  /** The methods' papers, for BibTeX; empty where none is known. */
  public String bibTex() {
    return methods.stream()
        .flatMap(m -> m.reference().stream())
        .distinct()
        .map(BibTex::of)
        .collect(Collectors.joining("\n"));
  }
}
