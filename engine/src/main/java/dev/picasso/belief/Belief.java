package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Display;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.Range;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Context;
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
 * Explains a class of each image by a method, and judges the map by checks.
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
              value = "Class",
              help = "Whose map, by number or label; empty for the most probable one.")
          String ofClass,
      @Label(
              value = "Object",
              help =
                  "Where the class is in the picture, as left,top,width,height in its pixels, or a"
                      + " box drawn on a picture of the results; may be empty.")
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
      return Methods.builtIn().named(Named.parse(text));
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
    return "See whether a method's map follows the model, tells more than the"
        + " picture's edges, and stays the same when it should.";
  }

  @Override
  public Family family() {
    return Family.BELIEF;
  }

  @Override
  public Settings defaults() {
    return new Settings("grad-cam", Checks.QUICK, "", "", 0);
  }

  @Override
  public Results run(Context context, Settings settings) {
    List<Check> checks = Checks.builtIn().chosen(settings.checks());
    Attribution method = Settings.method(settings.map());
    Objects objects = settings.object().isBlank() ? known : Objects.box(settings.object());
    Context asked = about(context, settings.ofClass());
    return context.eachImage(
        (image, steps) -> {
          Prediction about = asked.predict(image).get(0);
          Progress map = share -> steps.done(.2 * share);
          Subject subject =
              Subject.of(context, image, about, method, objects, settings.seed(), map);
          Progress rest = share -> steps.done(.2 + .8 * share);
          return result(context, subject, Judgement.of(subject, checks, rest));
        });
  }

  /** A context in which the class is the first one of each image. */
  private static Context about(Context context, String wanted) {
    if (wanted.isBlank()) {
      return context;
    }
    Model model = context.explainer().model();
    int target =
        model
            .find(wanted.strip())
            .orElseThrow(
                () ->
                    new PicassoException(
                        model.id()
                            + ": has no class "
                            + Words.shown(wanted)
                            + Words.nearest(wanted, model.classes())
                                .map(n -> "; did you mean " + n + "?")
                                .orElse("; it takes a number or a label.")));
    return context.with(Classes.chosen(List.of(target)));
  }

  private static ImageResult result(Context context, Subject subject, Judgement judgement) {
    subject.method().doubts(context.explainer()).forEach(context::warn);
    List<Part> parts = new ArrayList<>();
    parts.add(Verdict.ofClaims("In short", links(judgement)));
    parts.add(panel(subject));
    for (Finding finding : judgement.findings()) {
      Verdict.Link more = new Verdict.Link("what this means, and when it misleads", page(finding));
      parts.add(Verdict.of(finding.title(), finding.words(), more));
      parts.addAll(finding.parts());
    }
    parts.add(numbers(judgement));
    return ImageResult.of(subject.image().name(), List.of(subject.about()), parts);
  }

  private static List<Verdict.Link> links(Judgement judgement) {
    return judgement.findings().stream().map(f -> new Verdict.Link(f.summary(), page(f))).toList();
  }

  private static String page(Finding finding) {
    return "checks/" + finding.check();
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
