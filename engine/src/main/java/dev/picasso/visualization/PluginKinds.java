package dev.picasso.visualization;

import static dev.picasso.plugin.PluginKind.ask;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.model.ModelAdapter;
import dev.picasso.plugin.PluginKind;
import dev.picasso.settings.Schema;
import dev.picasso.settings.SettingException;
import java.util.List;
import java.util.regex.Pattern;

/** What a plugin may be, and what is asked of it before anybody picks it. */
final class PluginKinds {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private PluginKinds() {}

  /** What is picked stands first; the last two are named by a {@code picasso.yaml}. */
  static List<PluginKind<?>> all() {
    return List.of(
        new PluginKind<>(Visualization.class, made -> visualization((Visualization<?>) made)),
        new PluginKind<>(Attribution.class, PluginKinds::method),
        new PluginKind<>(ModelAdapter.class, PluginKinds::adapter),
        PluginKind.of(ImagePreprocessor.class),
        PluginKind.of(LambdaMeaning.Function.class));
  }

  private static void named(PluginKind.Answer<String> itsId, PluginKind.Answer<String> itsTitle) {
    String id = ask("id()", itsId);
    if (!ID.matcher(id).matches()) {
      throw new PicassoException(
          "its id is \"" + id + "\"; it must be letters, digits and hyphens, at most 64");
    }
    if (ask("title()", itsTitle).isBlank()) {
      throw new PicassoException("its title is empty");
    }
  }

  private static <S extends Record> void visualization(Visualization<S> made) {
    named(made::id, made::title);
    var unused =
        List.of(
            ask("description()", made::description),
            ask("reference()", made::reference),
            ask("template()", made::template));
    S defaults = ask("defaults()", made::defaults);
    S unusedToo = settings(made.title(), defaults);
  }

  /**
   * Settings that a form can show, and that are inside of their own ranges.
   *
   * @throws PicassoException saying which is not
   */
  private static <S extends Record> S settings(String title, S defaults) {
    try {
      Schema<S> schema = Schema.of(defaults);
      return schema.parse(title, schema.toMap(defaults));
    } catch (SettingException e) {
      throw new PicassoException("defaults() is refused: " + sentence(e), e);
    } catch (IllegalArgumentException e) {
      throw new PicassoException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Without the full stop, since it goes on. */
  private static String sentence(SettingException e) {
    return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
  }

  private static void method(Attribution made) {
    if (!(made instanceof Record)) {
      throw new PicassoException(
          "it is no record; the components of a method are its settings, as in record"
              + " MyMethod(double power)");
    }
    named(made::id, made::title);
    var unused = List.of(ask("family()", made::family), ask("frame()", made::frame));
    visualization(new MethodVisualization(made));
  }

  private static void adapter(ModelAdapter made) {
    named(made::id, made::title);
    List<String> unused = ask("labels()", made::labels);
  }
}
