package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.settings.Field;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Gives a command an option for each setting of the visualization that its words ask for, just
 * before they are parsed.
 */
final class SettingOptions implements IParameterPreprocessor {
  /** How a visualization is picked. */
  static final List<String> NAMES = List.of("-m", "--method", "--visualization");

  /** What asks for a list of them instead of one. */
  static final String LIST = "list";

  /** The one that is meant where none is picked. */
  static final String USUAL = "saliency";

  @Override
  public boolean preprocess(
      Stack<String> words, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    try {
      String id = picked(words);
      if (!id.equals(LIST)) {
        addTo(command, visualization(id));
      }
      return false;
    } catch (PicassoException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** For an option that this method does not have: the methods that have it. */
  static Optional<String> hint(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)
        || !(problem.getCommandLine().getCommand() instanceof ExplainCommand)) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    List<String> methods =
        visualizations().all().stream()
            .filter(v -> fields(v).stream().anyMatch(f -> word.equals("--" + f.option())))
            .map(v -> "--method " + v.id())
            .toList();
    return methods.isEmpty()
        ? Optional.empty()
        : Optional.of(word + " is a setting of " + String.join(" and of ", methods) + ".");
  }

  private static List<Field> fields(Visualization<?> visualization) {
    return Schema.of(visualization.defaults()).fields();
  }

  /**
   * The visualization of that id.
   *
   * @throws PicassoException if there is none, also naming the plugins that cannot be used
   */
  static Visualization<?> visualization(String id) {
    Visualizations all = visualizations();
    try {
      return all.get(id);
    } catch (PicassoException e) {
      List<String> lines = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
      lines.addAll(all.problems());
      throw new PicassoException(String.join("\n", lines), e);
    }
  }

  static Visualizations visualizations() {
    return Visualizations.withPlugins(Home.plugins());
  }

  /** The id among the words; the next word is the last element. */
  private static String picked(List<String> words) {
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (equals > 0 && NAMES.contains(word.substring(0, equals))) {
        return word.substring(equals + 1);
      }
      if (i > 0 && NAMES.contains(word)) {
        return words.get(i - 1);
      }
    }
    return USUAL;
  }

  private static void addTo(CommandSpec command, Visualization<?> visualization) {
    List<Field> fields = fields(visualization);
    if (fields.isEmpty()) {
      return;
    }
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading("%nSettings of --method " + visualization.id() + ":%n")
            .exclusive(false)
            .validate(false);
    for (Field field : fields) {
      group.addArg(
          OptionSpec.builder(option(command, visualization, field))
              .paramLabel(placeholder(field))
              .type(String.class)
              .description(description(field).replace("%", "%%"))
              .build());
    }
    command.addArgGroup(group.build());
  }

  /** Settings may be called like options that the command has for itself. */
  private static String option(CommandSpec command, Visualization<?> visualization, Field field) {
    String name = "--" + field.option();
    boolean own = command.options().stream().anyMatch(o -> o.group() == null && has(o, name));
    return own ? "--" + visualization.id() + "-" + field.option() : name;
  }

  private static boolean has(OptionSpec option, String name) {
    return List.of(option.names()).contains(name);
  }

  private static String placeholder(Field field) {
    return switch (field.kind()) {
      case CHOICE -> "WORD";
      case FLAG -> "BOOLEAN";
      case INTEGER -> "N";
      case NUMBER -> "NUMBER";
      case TEXT -> "TEXT";
      case LAYER -> "LAYER";
      case OPTIONAL_INTEGER -> "N|" + Field.AUTOMATIC;
      case REGION -> "WHERE";
    };
  }

  /** What a person must know of a setting, in one or two sentences. */
  static String description(Field field) {
    StringBuilder text = new StringBuilder(field.label()).append('.');
    if (!field.help().isEmpty()) {
      text.append(' ').append(field.help());
    }
    text.append(' ').append(allowed(field));
    return text.append(" Default: ").append(field.initial()).append('.').toString();
  }

  private static String allowed(Field field) {
    if (!field.choices().isEmpty()) {
      return "One of " + String.join(", ", field.choices()) + ".";
    }
    String kind =
        switch (field.kind()) {
          case INTEGER, OPTIONAL_INTEGER -> "A whole number";
          case TEXT -> "A text";
          case LAYER -> "A layer, by its name ('picasso inspect' lists them)";
          case REGION ->
              "predicted, all, a point X,Y or a box X,Y,WIDTH,HEIGHT in pixels of the picture";
          default -> "A number";
        };
    String bounds =
        field
            .bounds()
            .map(b -> " from " + Words.number(b.min()) + " to " + Words.number(b.max()))
            .orElse("");
    List<String> offers =
        new ArrayList<>(field.kind() == Field.Kind.REGION ? List.of() : field.suggested());
    String automatic = offers.remove(Field.AUTOMATIC) ? ", or " + Field.AUTOMATIC : "";
    String suggested = offers.isEmpty() ? "" : ", such as " + String.join(", ", offers);
    return kind + bounds + suggested + automatic + ".";
  }

  /** The settings that were given, by name. */
  static Map<String, String> given(ParseResult parsed, Visualization<?> visualization) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Field field : fields(visualization)) {
      String name = option(parsed.commandSpec(), visualization, field);
      if (parsed.hasMatchedOption(name)) {
        values.put(field.name(), parsed.<String>matchedOptionValue(name, ""));
      }
    }
    return values;
  }
}
