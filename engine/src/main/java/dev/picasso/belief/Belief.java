package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Display;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.Range;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Table;
import dev.picasso.visualization.Verdict;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Explains the first class of each image by a method, and judges the map by checks.
 *
 * @param known where the class is in an image; a box among the settings goes before it
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public record Belief(Objects known) implements Visualization<Belief.Settings> {
  /** How it is called in addresses and on the command line. */
  public static final String ID = "belief";

  public Belief() {
    this(Objects.UNKNOWN);
  }

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Map",
              help =
                  "Which method's map is checked; settings in parentheses, as in"
                      + " occlusion(patch=16, stride=8).")
          @Suggested({"grad-cam", "saliency", "integrated-gradients", "occlusion", "rise"})
          String map,
      @Label(
              value = "Checks",
              help = "quick, all, or names with commas between them; settings in parentheses.")
          @Suggested({"quick", "all"})
          String checks,
      @Label(
              value = "Object",
              help =
                  "Where the class is in the picture, as left,top,width,height in its pixels; may"
                      + " be empty.")
          String object,
      @Label(value = "Seed", help = "For what is drawn at random; the same seed repeats it.")
          @Range(min = 0, max = Integer.MAX_VALUE)
          int seed) {
    public Settings {
      List<SettingException.Wrong> wrong = new ArrayList<>();
      reading("map", map, text -> method(text), wrong);
      reading("checks", checks, text -> Checks.builtIn().chosen(text), wrong);
      reading("object", object, text -> Objects.box(text), wrong);
      if (!wrong.isEmpty()) {
        throw new SettingException(wrong);
      }
    }

    private static void reading(
        String setting, String text, Consumer<String> reader, List<SettingException.Wrong> wrong) {
      try {
        reader.accept(text);
      } catch (PicassoException e) {
        wrong.add(new SettingException.Wrong(setting, String.valueOf(e.getMessage())));
      }
    }

    private static Attribution method(String text) {
      Named named = Named.parse(text);
      return Methods.builtIn().get(named.id(), named.settings());
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "May the map be believed?";
  }

  @Override
  public String description() {
    return "See whether a method's map of the first class follows the model, tells more than the"
        + " picture's edges, and stays the same when it should.";
  }

  @Override
  public Family family() {
    return Family.BELIEF;
  }

  @Override
  public Settings defaults() {
    return new Settings("grad-cam", Checks.QUICK, "", 0);
  }

  @Override
  public Results run(Context context, Settings settings) {
    List<Check> checks = Checks.builtIn().chosen(settings.checks());
    return context.eachImage(
        (image, steps) -> {
          Subject subject = subject(context, settings, image, steps);
          Progress rest = share -> steps.done(.2 + .8 * share);
          return result(context, subject, Judgement.of(subject, checks, rest));
        });
  }

  /** The map of an image's first class. */
  private Subject subject(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    Attribution method = Settings.method(settings.map());
    Prediction first = context.predict(image).get(0);
    Target target = Target.ofClass(first.index());
    Images x = Images.of(image.prepared().x(), context.preprocessor());
    Maps maps =
        context
            .computed()
            .get(
                method,
                List.of(target),
                image.prepared().x(),
                () ->
                    method.explain(
                        context.explainer(), x, List.of(target), s -> steps.done(.2 * s)));
    Objects objects = settings.object().isBlank() ? known : Objects.box(settings.object());
    return new Subject(
        context.explainer(),
        image,
        first,
        target,
        method,
        x,
        maps,
        objects.in(image),
        settings.seed());
  }

  private static ImageResult result(Context context, Subject subject, Judgement judgement) {
    subject.method().doubts(context.explainer()).forEach(context::warn);
    List<Part> parts = new ArrayList<>();
    parts.add(new Verdict("In short", judgement.summary()));
    parts.add(panel(subject));
    for (Finding finding : judgement.findings()) {
      parts.add(new Verdict(finding.title(), finding.words()));
      parts.addAll(finding.parts());
    }
    parts.add(numbers(judgement));
    return ImageResult.of(subject.image().name(), List.of(subject.about()), parts);
  }

  private static Panel panel(Subject subject) {
    HeatMap map = subject.maps().heatMaps(subject.input(), subject.method().reduction()).get(0);
    Display display = Display.defaults();
    boolean signed = subject.maps().signed();
    return new Panel(
        subject.about().label(),
        subject.about().probability(),
        map,
        display.scale(List.of(map), signed),
        subject.method().title() + ": " + subject.maps().meaning(),
        display);
  }

  private static Table numbers(Judgement judgement) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : judgement.findings()) {
      for (Measure m : finding.measures()) {
        rows.add(
            List.of(finding.check() + "." + m.name(), m.text(), m.better().toString(), m.range()));
      }
    }
    return new Table(
        "Numbers",
        List.of("measure", "value", "better", "range"),
        rows,
        "what each check measured; any of them can be asked for as a minimum");
  }
}
