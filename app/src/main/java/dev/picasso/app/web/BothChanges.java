package dev.picasso.app.web;

import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Two changes of one model that were made at once, as by two tabs, become one where they change
 * different parts.
 */
final class BothChanges {
  private final ConfiguredModel before;
  private final ConfiguredModel one;
  private final ConfiguredModel other;
  private final List<String> disputed = new ArrayList<>();

  private BothChanges(ConfiguredModel before, ConfiguredModel one, ConfiguredModel other) {
    this.before = before;
    this.one = one;
    this.other = other;
  }

  /**
   * The model with both changes.
   *
   * @param before what both were made of
   * @param one that is not there yet
   * @param other that is there
   * @throws HttpProblem 409, naming the parts that each changes otherwise
   */
  static ConfiguredModel of(ConfiguredModel before, ConfiguredModel one, ConfiguredModel other) {
    return new BothChanges(before, one, other).joined();
  }

  private ConfiguredModel joined() {
    Labels labels = part("labels", m -> new Labels(m.request()));
    ModelRequest request =
        new ModelRequest(
            other.id(),
            part("title", m -> m.request().title()),
            other.request().path(),
            part("format", m -> m.request().format()),
            part("how the file is read", m -> m.request().options().withOutputs(List.of()))
                .withOutputs(part("output", m -> m.request().options().outputs())),
            labels.names(),
            labels.from(),
            other.request().within(),
            part("head", m -> m.request().head()));
    ConfiguredModel both =
        new ConfiguredModel(
            request,
            part("preprocessing", ConfiguredModel::preprocessing),
            part("top", ConfiguredModel::top),
            part("images", ConfiguredModel::images),
            part("what inputs hold", ConfiguredModel::held), // which tells the explained one
            other.device());
    if (!disputed.isEmpty()) {
      throw new HttpProblem(
          409,
          "%s was changed at the same time, as in another tab: %s. Nothing of this change was taken; reload the page to see what is there now."
              .formatted(other.id(), String.join(", ", disputed)));
    }
    return both;
  }

  /** Whichever has changed; that which is there where both have. */
  private <T> T part(String name, Function<ConfiguredModel, T> of) {
    T mine = of.apply(one);
    T theirs = of.apply(other);
    if (mine.equals(of.apply(before)) || mine.equals(theirs)) {
      return theirs;
    }
    if (!theirs.equals(of.apply(before))) {
      disputed.add(name);
    }
    return mine;
  }

  /** They belong together. */
  private record Labels(List<String> names, String from) {
    Labels(ModelRequest request) {
      this(request.labels(), request.labelsFrom());
    }
  }
}
