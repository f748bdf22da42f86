package dev.picasso.belief;

import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.Window;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Drawing;
import dev.picasso.model.Model;
import dev.picasso.visualization.Illustration;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Table;
import dev.picasso.visualization.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is shown of methods that looked for plants.
 *
 * @param found by methods as people wrote them
 * @param impossible methods that could not, and why
 */
record FoundPlants(
    Model model, List<Plant> plants, Map<String, Search> found, Map<String, String> impossible) {

  static final String QUESTION = "Which method to trust";

  /** A method and how it did. */
  private record Place(String method, Search search, Mean rank) {}

  List<Part> parts() {
    List<Place> places = places();
    List<Part> parts = new ArrayList<>();
    parts.add(new Verdict(QUESTION, words(places)));
    parts.add(table(places));
    parts.addAll(pictures());
    parts.add(plantTable());
    return parts;
  }

  /** The picture with the strongest patch, and the map of each method, the best first. */
  List<Part> pictures() {
    List<Part> parts = new ArrayList<>();
    Plant strongest = plants.get(0);
    parts.add(
        new Illustration(
            "Planted",
            framed(strongest.patch().planted(), strongest.patch().where()),
            told(strongest)));
    for (Place place : places()) {
      parts.add(
          new Illustration(
              place.method(),
              drawn(strongest, place.search().maps().get(0)),
              String.format(
                  Locale.ROOT,
                  "its map of %s in the planted picture; %.0f %% of the strongest pixels are on the"
                      + " patch",
                  model.label(strongest.target()),
                  100 * place.search().ranks()[0])));
    }
    return parts;
  }

  /** The best method first. */
  private List<Place> places() {
    return found.entrySet().stream()
        .map(e -> new Place(e.getKey(), e.getValue(), Mean.of(e.getValue().ranks())))
        .sorted(Comparator.comparingDouble((Place p) -> p.rank().value()).reversed())
        .toList();
  }

  private String words(List<Place> places) {
    Place best = places.get(0);
    double area = area();
    if (best.rank().value() <= area) {
      return "No method finds the patches better than random numbers would.";
    }
    String first =
        String.format(
            Locale.ROOT,
            "%s finds the patches best: %.0f %% of its strongest pixels lie on them, of random"
                + " numbers %.0f %%.",
            best.method(),
            100 * best.rank().value(),
            100 * area);
    if (plants.size() < 2) {
      return first + " One patch says little; a ranking takes more." + together();
    }
    if (!(best.rank().low() > area)) {
      return first
          + " On %d patches that may be chance; a ranking takes more.".formatted(plants.size())
          + together();
    }
    List<String> alike = new ArrayList<>();
    List<String> useless = new ArrayList<>();
    for (Place place : places) {
      double[] mine = place.search().ranks();
      if (!place.method().equals(best.method())
          && Mean.ofDifferences(best.search().ranks(), mine).low() <= 0) {
        alike.add(place.method());
      }
      if (!(place.rank().low() > area)) {
        useless.add(place.method());
      }
    }
    return first
        + (alike.isEmpty()
            ? ""
            : " On %d patches %s cannot be told from it."
                .formatted(plants.size(), String.join(", ", alike)))
        + (useless.isEmpty()
            ? ""
            : " No better than random numbers, as far as can be told: %s."
                .formatted(String.join(", ", useless)))
        + together();
  }

  /** A patch that acts by what surrounds it is not the only reason that a map may show. */
  private String together() {
    long together = plants.stream().filter(p -> 2 * p.alone() < p.with()).count();
    return together == 0
        ? ""
        : " %d of %d patches do less than the half alone on a plain picture: there the rest of the"
                .formatted(together, plants.size())
            + " picture is a reason too, and a map that shows it is not wrong.";
  }

  /** The mean share of the picture that a patch takes. */
  double area() {
    return plants.stream()
        .mapToDouble(
            p ->
                (double) p.patch().where().width()
                    * p.patch().where().height()
                    / ((double) p.patch().planted().width() * p.patch().planted().height()))
        .average()
        .orElse(0);
  }

  private Table table(List<Place> places) {
    double area = area();
    List<List<String>> rows = new ArrayList<>();
    for (Place place : places) {
      double mass = Mean.of(place.search().masses()).value();
      rows.add(
          List.of(
              place.method(),
              number(place.rank().value()),
              place.rank().interval(),
              number(mass),
              number(mass / area),
              number(Mean.of(place.search().hits()).value())));
    }
    rows.add(List.of("random numbers", number(area), "", number(area), number(1), number(area)));
    impossible.forEach((method, why) -> rows.add(List.of(method, "none", why, "", "", "")));
    return new Table(
        "Methods",
        List.of(
            "method",
            "strongest pixels on the patch",
            "95 % interval",
            "sum on the patch",
            "times its area",
            "strongest pixel hits"),
        rows,
        "shares of 1, means over " + plants.size() + " planted patches; the best method first");
  }

  private Table plantTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Plant plant : plants) {
      Window where = plant.patch().where();
      rows.add(
          List.of(
              plant.patch().kind(),
              "%d, %d".formatted(where.left(), where.top()),
              model.label(plant.target()),
              number(plant.before()),
              number(plant.with()),
              number(plant.hidden()),
              number(plant.alone())));
    }
    return new Table(
        "Patches",
        List.of("patch", "left, top", "class", "without", "with", "hidden", "alone"),
        rows,
        "the class's probability without the patch, with it, with the mean colour in its place, and"
            + " with the patch on nothing but that colour");
  }

  private String told(Plant plant) {
    return String.format(
        Locale.ROOT,
        "the picture with a patch, %s; the probability of %s is %.3f with it, %.3f without, and"
            + " %.3f with the mean colour in its place",
        plant.patch().kind(),
        model.label(plant.target()),
        plant.with(),
        plant.before(),
        plant.hidden());
  }

  private static Picture drawn(Plant plant, HeatMap map) {
    Picture planted = plant.patch().planted();
    Drawing drawing = Drawing.of(planted, Frame.identity(planted.width(), planted.height()));
    Display display = Display.defaults();
    Canvas canvas = drawing.draw(map, display.scale(List.of(map), false), display);
    Window where = plant.patch().where();
    double across = (double) canvas.width() / planted.width();
    double down = (double) canvas.height() / planted.height();
    return framed(
        canvas.picture(),
        new Window(
            (int) (where.left() * across),
            (int) (where.top() * down),
            (int) (where.width() * across),
            (int) (where.height() * down)));
  }

  /** A picture with a line around a window. */
  private static Picture framed(Picture picture, Window where) {
    int line = Math.max(1, picture.width() / 200);
    Window above =
        new Window(where.left() - line, where.top() - line, where.width() + 2 * line, line);
    Window below = new Window(above.left(), where.top() + where.height(), above.width(), line);
    Window left = new Window(above.left(), where.top(), line, where.height());
    Window right = new Window(where.left() + where.width(), where.top(), line, where.height());
    return picture.covered(List.of(above, below, left, right), 255);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
