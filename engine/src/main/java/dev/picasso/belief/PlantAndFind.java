package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.Range;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Verdict;
import dev.picasso.visualization.Visualization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which method to trust for this model: patches that change what the model says are laid on the
 * picture, and each method is asked where the reason lies.
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class PlantAndFind implements Visualization<PlantAndFind.Settings> {
  private static final int MOST_METHODS = 40;

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Methods",
              help =
                  "Names with commas between them; settings in parentheses, as in rise(masks=500).")
          @Suggested({
            "saliency, integrated-gradients(steps=20), grad-cam, layer-cam, occlusion",
            "grad-cam, grad-cam-plus-plus, layer-cam, hires-cam, score-cam, eigen-cam"
          })
          String methods,
      @Label(value = "Patches", help = "How many are laid on the picture, one after another.")
          @Range(min = 1, max = 64)
          int patches,
      @Label(value = "Size", help = "Side of a patch, as a share of the picture's shorter side.")
          @Range(min = .05, max = .5)
          @Suggested({"0.15", "0.25"})
          double size,
      @Label(value = "Tries", help = "How many patches are tried; the strongest are taken.")
          @Range(min = 1, max = 10_000)
          @Suggested({"100", "300", "1000"})
          int tries,
      @Label(value = "Effect", help = "How far a patch must raise a class's probability.")
          @Range(min = .01, max = 1)
          double effect,
      @Label(value = "Seed", help = "Another one tries other patches at other places.")
          @Range(min = 0, max = Integer.MAX_VALUE)
          int seed) {
    public Settings {
      try {
        read(methods);
      } catch (PicassoException e) {
        throw new SettingException(
            List.of(new SettingException.Wrong("methods", String.valueOf(e.getMessage()))));
      }
    }

    /** The methods, by how people wrote them. */
    private static Map<String, Attribution> read(String text) {
      Map<String, Attribution> methods = new LinkedHashMap<>();
      for (Named named : Named.list(text)) {
        methods.put(named.toString(), Methods.builtIn().get(named.id(), named.settings()));
      }
      if (methods.isEmpty() || methods.size() > MOST_METHODS) {
        throw new PicassoException("There must be 1 to " + MOST_METHODS + " methods.");
      }
      return methods;
    }

    private Planting planting() {
      return new Planting(patches, size, tries, effect, seed);
    }
  }

  @Override
  public String id() {
    return "plant-and-find";
  }

  @Override
  public String title() {
    return "Plant and find";
  }

  @Override
  public String description() {
    return "See which method to trust for this model: patches that change what it says are laid on"
        + " the picture, and each method is asked to find them.";
  }

  @Override
  public Family family() {
    return Family.BELIEF;
  }

  @Override
  public Settings defaults() {
    return new Settings(
        "saliency, gradient-x-input, integrated-gradients(steps=20), smoothgrad(samples=10),"
            + " guided-backprop, grad-cam, layer-cam, hires-cam, occlusion",
        4,
        .25,
        300,
        .2,
        0);
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    Progress progress = steps::done;
    List<Plant> plants;
    try {
      plants =
          settings
              .planting()
              .in(
                  context.explainer(),
                  context.preprocessor(),
                  image.prepared().pixels(),
                  progress.part(0, .3));
    } catch (InapplicableException e) {
      return untold(context, image, String.valueOf(e.getMessage()));
    }
    if (plants.size() < settings.patches()) {
      context.warn(
          "Only %d of %d patches have that effect at places that differ; more tries find more."
              .formatted(plants.size(), settings.patches()));
    }
    List<Map.Entry<String, Attribution>> methods =
        List.copyOf(Settings.read(settings.methods()).entrySet());
    Map<String, Search> found = new LinkedHashMap<>();
    Map<String, String> impossible = new LinkedHashMap<>();
    for (int i = 0; i < methods.size(); i++) {
      Progress part =
          progress.part(.3 + .7 * i / methods.size(), .3 + .7 * (i + 1) / methods.size());
      String name = methods.get(i).getKey();
      Attribution method = methods.get(i).getValue();
      try {
        found.put(
            name, Search.of(method, context.explainer(), context.preprocessor(), plants, part));
      } catch (InapplicableException e) {
        impossible.put(name, String.valueOf(e.getMessage()));
      }
      part.done(1);
    }
    if (found.isEmpty()) {
      String why = impossible.values().iterator().next();
      return untold(context, image, "None of the methods can explain this model: " + why);
    }
    return ImageResult.of(
        image.name(),
        context.predict(image),
        new FoundPlants(context.explainer().model(), plants, found, impossible).parts());
  }

  /** That no method can be told from another is an answer, too. */
  private static ImageResult untold(Context context, ImageInput image, String why) {
    return ImageResult.of(
        image.name(),
        context.predict(image),
        List.of(new Verdict(FoundPlants.QUESTION, "This cannot be told here. " + why)));
  }
}
