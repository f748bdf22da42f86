package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Methods;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Prediction;
import dev.picasso.image.RankCorrelation;
import dev.picasso.image.draw.Display;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Several methods, layers, classes or models on the same image. */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class SideBySide implements Visualization<SideBySide.Settings> {
  /** How it is called in addresses and on the command line. */
  public static final String ID = "compare";

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

    private List<String> others() {
      return Arrays.stream(models.split(",", -1))
          .map(String::strip)
          .filter(m -> !m.isEmpty())
          .toList();
    }
  }

  /**
   * A map in the comparison.
   *
   * @param panel in the frame of the model that is explained first
   * @param method its id
   */
  private record Column(Panel panel, String method) {}

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

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> compare(context, settings, image, steps));
  }

  private static ImageResult compare(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> all = context.predict(image);
    List<Prediction> shown = context.classes().chosen().isEmpty() ? all.subList(0, 1) : all;
    List<Attribution> methods = Settings.chosen(settings.methods());
    List<String> others = settings.others();
    if ((long) shown.size() * methods.size() * (1 + others.size()) > MOST) {
      throw new InapplicableException(
          "Side by side shows at most " + MOST + " maps of an image; choose fewer of them.");
    }
    List<String> names = names(Named.list(settings.methods()));
    String own = others.isEmpty() ? "" : BETWEEN + context.explainer().model().title();
    List<Column> columns = new ArrayList<>();
    Context.Steps first = share -> steps.done(share / (1 + others.size()));
    columns.addAll(columns(context, image, shown, methods, names, own, first));
    for (int i = 0; i < others.size(); i++) {
      double done = i + 1.;
      Context.Steps next = share -> steps.done((done + share) / (1 + others.size()));
      columns.addAll(ofOther(context, others.get(i), image, shown, methods, names, next));
    }
    if (columns.isEmpty()) {
      throw new InapplicableException("None of the methods can explain this model.");
    }
    return ImageResult.of(image.name(), shown, parts(columns, settings));
  }

  /** How each method is called: its title, with its settings where two have the same. */
  private static List<String> names(List<Named> named) {
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

  private static List<Column> columns(
      Context context,
      ImageInput image,
      List<Prediction> classes,
      List<Attribution> methods,
      List<String> names,
      String behind,
      Context.Steps steps) {
    List<Column> columns = new ArrayList<>();
    Classes chosen = Classes.chosen(classes.stream().map(Prediction::index).toList());
    for (int i = 0; i < methods.size(); i++) {
      double from = (double) i / methods.size();
      MethodVisualization method = new MethodVisualization(methods.get(i));
      Context.Steps share = s -> steps.done(from + s / methods.size());
      try {
        for (Panel panel :
            MethodVisualization.explain(context.showing(chosen), method.defaults(), image, share)
                .panels()) {
          columns.add(
              new Column(
                  labelled(panel, names.get(i) + ", " + panel.label() + behind),
                  methods.get(i).id()));
        }
      } catch (StoppedException | MachineException e) {
        throw e;
      } catch (PicassoException e) {
        context.warn(names.get(i) + behind + ": " + e.getMessage());
      }
    }
    return columns;
  }

  private static Panel labelled(Panel panel, String label) {
    return new Panel(
        label, panel.number(), panel.map(), panel.scale(), panel.meaning(), panel.display());
  }

  /** The same of another model, brought into the frame of the first. */
  private static List<Column> ofOther(
      Context context,
      String name,
      ImageInput image,
      List<Prediction> classes,
      List<Attribution> methods,
      List<String> names,
      Context.Steps steps) {
    return context
        .others()
        .use(
            name,
            other -> {
              if (!(image.original() instanceof DecodedImage decoded)) {
                throw new InapplicableException(
                    "The image is there for one model only, so that " + name + " cannot see it.");
              }
              ImageInput seen = other.prepare(decoded);
              Context beside = other.context(List.of(seen), classes(other, classes), context);
              List<Prediction> own = beside.predict(seen);
              return columns(
                      beside, seen, own, methods, names, BETWEEN + other.model().title(), steps)
                  .stream()
                  .map(c -> new Column(moved(c.panel(), seen, image), c.method()))
                  .toList();
            });
  }

  /** Classes of the same names, where the other model has them; else its most probable one. */
  private static Classes classes(ReadyModel other, List<Prediction> shown) {
    List<Integer> same =
        shown.stream().flatMap(p -> other.model().find(p.label()).stream()).toList();
    return same.isEmpty() ? Classes.top(1) : Classes.chosen(same);
  }

  private static Panel moved(Panel panel, ImageInput from, ImageInput to) {
    Frame source = from.prepared().frame();
    Frame goal = to.prepared().frame();
    return source.equals(goal)
        ? panel
        : panel.with(
            source
                .in(goal)
                .toOriginal(panel.map(), goal.width(), goal.height(), Interpolation.SMOOTH));
  }

  private static List<Part> parts(List<Column> columns, Settings settings) {
    List<Panel> panels = columns.stream().map(Column::panel).toList();
    if (settings.scaling() == Scaling.COMMON) {
      panels = onOneScale(panels);
    }
    List<Part> parts = new ArrayList<>(panels);
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
    int width = Math.max(first.panel().map().width(), second.panel().map().width());
    int height = Math.max(first.panel().map().height(), second.panel().map().height());
    float[] a = numbers(first.panel(), width, height, alike);
    float[] b = numbers(second.panel(), width, height, alike);
    for (int i = 0; i < a.length; i++) {
      a[i] -= b[i];
    }
    HeatMap map = HeatMap.of(width, height, a);
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

  private static float[] numbers(Panel panel, int width, int height, boolean asTheyAre) {
    float[] values = panel.map().resized(width, height, Interpolation.SMOOTH).values();
    float most = asTheyAre ? 1 : Math.max(panel.map().largest(), Float.MIN_NORMAL);
    for (int i = 0; i < values.length; i++) {
      values[i] /= most;
    }
    return values;
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
