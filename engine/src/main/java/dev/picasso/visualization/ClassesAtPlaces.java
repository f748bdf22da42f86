package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.PredictedClasses;
import dev.picasso.image.ClassMap;
import dev.picasso.image.draw.ClassMapDrawing;
import dev.picasso.image.draw.Drawing;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model takes each place of a picture for, over the picture, with a legend: for models whose
 * output is a map of classes, such as segmentations.
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class ClassesAtPlaces implements Visualization<ClassesAtPlaces.Settings> {
  private static final int LEGEND_WIDTH = 320;
  private static final int MOST_NAMED = 24;

  /** What can be set. */
  public record Settings(
      @Label(value = "Opacity", help = "How much of the picture the colours hide.")
          @Range(min = 0, max = 1)
          @Suggested({"0.4", "0.6", "1"})
          double opacity) {}

  @Override
  public String id() {
    return "class-map";
  }

  @Override
  public String title() {
    return "Class map";
  }

  @Override
  public String description() {
    return "See what the model takes each place of the picture for.";
  }

  @Override
  public Settings defaults() {
    return new Settings(.6);
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image));
  }

  @Override
  public void require(Model model, Settings settings) {
    if (model.scores().dense().isEmpty()) {
      throw new InapplicableException(
          model.title()
              + " has one answer for a whole picture, so that there is no map of classes. Class"
              + " probabilities show that answer.");
    }
  }

  private static ImageResult explain(Context context, Settings settings, ImageInput image) {
    Model model = context.explainer().model();
    ClassMap map = PredictedClasses.of(context.explainer(), image.prepared().x());
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < model.scores().targets(); i++) {
      labels.add(model.label(i));
    }
    Drawing drawing = image.drawing();
    ClassMapDrawing drawn = new ClassMapDrawing(drawing, map, labels);
    List<List<String>> rows =
        drawn.legend().stream().map(e -> List.of(e.label(), e.shareText())).toList();
    return ImageResult.of(
        image.name(),
        context.predict(image),
        List.of(
            new Illustration(
                "classes",
                drawn.draw(settings.opacity()).picture(),
                "the class with the highest score at each place"),
            new Illustration(
                "legend",
                drawn.legendPicture(LEGEND_WIDTH, MOST_NAMED).picture(),
                "colours of the classes, and their shares of the picture"),
            new Table(
                "shares",
                List.of("class", "share"),
                rows,
                "the share of the picture that each class has")));
  }

  @Override
  public Family family() {
    return Family.PREDICTION;
  }
}
