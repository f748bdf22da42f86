package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Methods;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Prediction;
import dev.picasso.image.RankCorrelation;
import dev.picasso.image.draw.Display;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.ComparedMaps.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several methods, layers, classes or models on the same image. */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class SideBySide implements Visualization<SideBySide.Settings> {
  /** How it is called in addresses and on the command line. */
  public static final String ID = "compare";

  /** The setting that lists methods. */
  public static final String METHODS = "methods";

  /** The setting that lists models beside the one that is explained. */
  public static final String MODELS = "models";

  /** What stands in a label between the map and the model that it is of. */
  public static final String BETWEEN = " · ";

  /** More columns than anybody looks at. */
  private static final int MOST = 64;

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Methods",
              help =
                  "Names with commas between them; settings, such as a layer, in parentheses:"
                      + " grad-cam(layer=conv3), occlusion(patch=16, stride=8).")
          @Suggested({"saliency, grad-cam, occlusion", "grad-cam, layer-cam, hires-cam"})
          String methods,
      @Label(
              value = "Other models",
              help = "Models to set beside this one, with commas between them; may be empty.")
          String models,
      @Label(
              value = "Scale",
              help = "One scale for all maps, or for each map its own; one alone compares sizes.")
          Scaling scaling,
      @Label(
              value = "Difference",
              help =
                  "Shows the first map less the next of its method; where there is none, less the"
                      + " second, both divided by their largest number.")
          boolean difference) {
    public Settings {
      try {
        chosen(methods);
      } catch (SettingException e) {
        throw e;
      } catch (PicassoException e) {
        throw new SettingException(
            List.of(new SettingException.Wrong("methods", String.valueOf(e.getMessage()))));
      }
    }

    private static List<Attribution> chosen(String text) {
      List<Named> named = Named.list(text);
      if (named.isEmpty() || named.size() > MOST) {
        throw new PicassoException("Name between 1 and " + MOST + " methods to compare.");
      }
      return named.stream().map(n -> Methods.builtIn().get(n.id(), n.settings())).toList();
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Side by side";
  }

  @Override
  public String description() {
    return "See maps of several methods, layers, classes or models of the same picture in one row,"
        + " and where they differ.";
  }

  @Override
  public Settings defaults() {
    return new Settings("saliency, grad-cam, occlusion", "", Scaling.OWN, false);
  }

  /** One class in many ways, as a rule; more make many columns. */
  @Override
  public Optional<Integer> top() {
    return Optional.of(1);
  }

  /** Whether a method can explain a pair is said where its map would be. */
  @Override
  public void require(Model model, Settings settings, Classes classes) {
    if (classes.isPair()) {
      classes.require(model);
    }
  }

  @Override
  public List<String> others(Settings settings) {
    return others(settings.models());
  }

  @Override
  public Settings callingOthers(Settings settings, UnaryOperator<String> called) {
    String models =
        others(settings.models()).stream().map(called).collect(Collectors.joining(", "));
    return new Settings(settings.methods(), models, settings.scaling(), settings.difference());
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> compare(context, settings, image, steps));
  }

  private static ImageResult compare(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> shown = context.predict(image);
    List<Attribution> methods = Settings.chosen(settings.methods());
    List<String> others = others(settings.models());
    long questions = context.classes().isPair() ? 1 : shown.size();
    if (questions * methods.size() * (1 + others.size()) > MOST) {
      throw new InapplicableException(
          "Side by side shows at most "
              + MOST
              + " maps of an image; choose fewer classes, methods or models.");
    }
    List<String> names = names(Named.list(settings.methods()));
    ComparedMaps.Made made =
        new ComparedMaps(context, image, shown, methods, names).all(others, steps);
    if (made.columns().isEmpty()) {
      throw new InapplicableException(
          made.refused().stream()
              .findFirst()
              .map(one -> "None of the methods can explain this. " + one.text())
              .orElse("None of the methods can explain this model."));
    }
    return ImageResult.of(image.name(), shown, parts(made, settings));
  }

  /** The names of models in a setting that lists them. */
  public static List<String> others(String models) {
    return Arrays.stream(models.split(",", -1))
        .map(String::strip)
        .filter(m -> !m.isEmpty())
        .toList();
  }

  /** How each method is called: its title, with its settings where two have the same. */
  public static List<String> names(List<Named> named) {
    return named.stream()
        .map(
            n -> {
              boolean alone = named.stream().filter(o -> o.id().equals(n.id())).count() == 1;
              String title = Methods.builtIn().get(n.id()).title();
              String settings = n.toString().substring(n.id().length());
              return alone || settings.isEmpty() ? title : title + " " + settings;
            })
        .toList();
  }

  private static List<Part> parts(ComparedMaps.Made made, Settings settings) {
    List<Column> columns = made.columns();
    List<Panel> panels = columns.stream().map(Column::panel).toList();
    if (settings.scaling() == Scaling.COMMON) {
      panels = onOneScale(panels);
    }
    List<Part> parts = new ArrayList<>(panels);
    parts.addAll(made.refused());
    if (settings.difference() && columns.size() > 1) {
      Column first = columns.get(0);
      Column second =
          columns.stream()
              .skip(1)
              .filter(c -> c.method().equals(first.method()))
              .findFirst()
              .orElse(columns.get(1));
      parts.add(difference(first, second));
    }
    if (columns.size() > 1) {
      parts.add(agreement(columns));
    }
    return parts;
  }

  private static List<Panel> onOneScale(List<Panel> panels) {
    List<HeatMap> maps = panels.stream().map(Panel::map).toList();
    boolean signed = panels.stream().anyMatch(p -> p.scale().low() < 0);
    Display display = panels.get(0).display();
    return panels.stream().map(p -> p.with(display.scale(maps, signed))).toList();
  }

  private static Panel difference(Column first, Column second) {
    boolean alike = first.method().equals(second.method());
    HeatMap map = difference(first.panel(), second.panel(), alike);
    Display display = first.panel().display();
    return new Panel(
        "Difference",
        first.panel().number() - second.panel().number(),
        map,
        display.scale(List.of(map), true),
        first.panel().label()
            + " less "
            + second.panel().label()
            + (alike ? "" : ", each divided by its largest number"),
        display);
  }

  /** One map less another: cell by cell where both have the same, else on the finer ones. */
  private static HeatMap difference(Panel first, Panel second, boolean asTheyAre) {
    HeatMap one = first.map();
    HeatMap other = second.map();
    int width = Math.max(one.width(), other.width());
    int height = Math.max(one.height(), other.height());
    boolean sameCells =
        one.covered().equals(other.covered())
            && one.width() == other.width()
            && one.height() == other.height();
    float[] a = sameCells ? one.values() : enlarged(one, width, height);
    float[] b = sameCells ? other.values() : enlarged(other, width, height);
    float mostOfOne = asTheyAre ? 1 : Math.max(one.largest(), Float.MIN_NORMAL);
    float mostOfOther = asTheyAre ? 1 : Math.max(other.largest(), Float.MIN_NORMAL);
    for (int i = 0; i < a.length; i++) {
      a[i] = a[i] / mostOfOne - b[i] / mostOfOther;
    }
    HeatMap map = HeatMap.of(width, height, a);
    return sameCells ? map.over(one.covered()) : map;
  }

  private static float[] enlarged(HeatMap map, int width, int height) {
    double factor = Frame.identity(width, height).pixelsOfCell(map);
    return map.resized(width, height, Interpolation.enlargedBy(factor)).values();
  }

  private static Table agreement(List<Column> columns) {
    List<String> labels = columns.stream().map(c -> c.panel().label()).toList();
    List<List<String>> rows = new ArrayList<>();
    for (Column row : columns) {
      Stream<String> cells =
          columns.stream()
              .map(c -> RankCorrelation.of(row.panel().map(), c.panel().map()))
              .map(r -> Double.isNaN(r) ? "none" : String.format(Locale.ROOT, "%.2f", r));
      rows.add(Stream.concat(Stream.of(row.panel().label()), cells).toList());
    }
    return new Table(
        "Agreement",
        Stream.concat(Stream.of("rank correlation"), labels.stream()).toList(),
        rows,
        "how far two maps put the same places in the same order: 1 wholly, 0 not at all");
  }
}
