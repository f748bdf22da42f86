package dev.picasso.run.figure;

import dev.picasso.PathNames;
import dev.picasso.run.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The usual caption: what is shown, what the maps of each method are, what colours and numbers
 * mean. How well the numbers are known is for the report.
 */
final class Caption {
  private static final int MOST_LAYERS = 3;

  private final Citation citation;
  private final List<RecordedMap> maps;

  /**
   * The caption of a figure.
   *
   * @param citation of the methods that are shown
   * @param shown maps, and pictures that inputs hold
   */
  Caption(Citation citation, List<RecordedMap> shown) {
    this.citation = citation;
    this.maps = shown.stream().filter(map -> !map.isHeldPicture()).toList();
  }

  /**
   * In sentences.
   *
   * @param each whether each map has a scale of its own
   */
  String text(boolean each) {
    List<String> sentences = new ArrayList<>();
    List<Cited> methods = citation.methods();
    String of = " of " + models() + ofClass();
    if (methods.size() == 1 && maps.stream().allMatch(methods.get(0)::isOf)) {
      String what = what(maps);
      sentences.add(methods.get(0).withYear() + of + (what.isEmpty() ? "" : ": " + what));
    } else {
      sentences.add("Explanations" + of);
      sentences.add(methods());
    }
    citation.inputs().ifPresent(sentences::add);
    scales(each).forEach(sentences::add);
    below().forEach(sentences::add);
    return String.join(". ", sentences) + ".";
  }

  private String models() {
    List<String> models = maps.stream().flatMap(m -> m.model().stream()).distinct().toList();
    return models.isEmpty() ? citation.files() : Citation.joined(models);
  }

  /** The class, if all maps are of one. */
  private String ofClass() {
    Set<String> classes =
        maps.stream()
            .flatMap(m -> m.classes().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean named = classes.size() == 1 && !citation.provenance().model().numbers();
    return named ? " for " + classes.iterator().next() : "";
  }

  /** A clause for each method, and for what is made of several. */
  private String methods() {
    List<String> clauses = new ArrayList<>();
    for (Cited method : citation.methods()) {
      List<RecordedMap> own = maps.stream().filter(method::isOf).toList();
      clauses.add(clause(method.withYear(), what(own)));
    }
    Set<String> others =
        maps.stream()
            .filter(map -> citation.methods().stream().noneMatch(method -> method.isOf(map)))
            .map(map -> clause(map.labelOfMap(), what(List.of(map))))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    clauses.addAll(others);
    return String.join("; ", clauses);
  }

  private static String clause(String name, String what) {
    return what.isEmpty() ? name : name + ": " + what;
  }

  private static String what(List<RecordedMap> of) {
    List<String> meanings =
        of.stream().map(RecordedMap::what).filter(m -> !m.isEmpty()).distinct().toList();
    List<String> layers =
        of.stream().flatMap(m -> m.layer().stream()).distinct().limit(MOST_LAYERS + 1).toList();
    String at =
        layers.isEmpty() || layers.size() > MOST_LAYERS
            ? ""
            : ", layer"
                + (layers.size() > 1 ? "s " : " ")
                + Citation.joined(layers.stream().map(PathNames::shortened).toList());
    return String.join(" or ", meanings) + (meanings.isEmpty() ? "" : at);
  }

  private Stream<String> scales(boolean each) {
    List<String> clippings =
        maps.stream().map(RecordedMap::clipping).filter(c -> !c.isEmpty()).distinct().toList();
    boolean own = each && maps.size() > 1;
    if (!own && clippings.isEmpty()) {
      return Stream.empty();
    }
    String clipped = Citation.joined(clippings);
    return Stream.of(
        own
            ? "Each map has its own scale" + (clipped.isEmpty() ? "" : ", " + clipped)
            : "Colours are " + clipped);
  }

  private Stream<String> below() {
    Provenance.OfModel model = citation.provenance().model();
    List<String> numbers = maps.stream().flatMap(m -> m.numberOf().stream()).distinct().toList();
    boolean probabilities =
        !model.numbers()
            && !maps.isEmpty()
            && maps.stream().allMatch(m -> m.number().filter(n -> n >= 0 && n <= 1).isPresent());
    boolean answers = maps.stream().anyMatch(m -> m.answer().isPresent());
    if (!numbers.isEmpty() || probabilities) {
      return Stream.of(
          "Below the maps: "
              + (numbers.isEmpty()
                  ? "the probability of the class"
                  : "the " + Citation.joined(numbers))
              + (answers ? ", and what the model predicts" : ""));
    }
    return model.numbers()
        ? Stream.of("Below the maps: the number that the model tells")
        : Stream.empty();
  }
}
