package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import java.util.List;

/** The most probable classes, with labels and numbers. */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class ClassProbabilities implements Visualization<ClassProbabilities.Settings> {
  /** There is nothing to set. */
  public record Settings() {}

  @Override
  public String id() {
    return "class-probabilities";
  }

  @Override
  public String title() {
    return "Class probabilities";
  }

  @Override
  public String description() {
    return "See what the model takes each picture for, and how sure it is.";
  }

  @Override
  public Settings defaults() {
    return new Settings();
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage(
        (image, steps) -> ImageResult.of(image.name(), context.predict(image), List.of()));
  }
}
