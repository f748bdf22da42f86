package dev.picasso.catalogue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Where models and runs are kept: a folder of the user's that outlives the installation. */
public final class DataFolder {
  /**
   * Names another folder for models; the property of the same meaning, {@code picasso.models},
   * wins.
   */
  static final String VARIABLE = "PICASSO_MODELS";

  private DataFolder() {}

  static Path models() {
    return models(DataFolder::property, DataFolder::variable);
  }

  /**
   * Where runs are kept: what the property {@code picasso.data} or the variable {@code
   * PICASSO_DATA} names, else the folder that models lie in as a rule.
   */
  public static Path runs() {
    return runs(DataFolder::property, DataFolder::variable);
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /**
   * The folder for these properties and environment variables: what the user names, else the
   * system's place for a user's data (on Linux as the XDG Base Directory Specification has it); of
   * a user without a home, a folder where Picasso is started.
   */
  static Path models(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    return named(property.apply("picasso.models").or(() -> variable.apply(VARIABLE)))
        .or(() -> folderOfData(property, variable).map(data -> data.resolve("models")))
        .orElseGet(() -> Path.of("picasso-models")) // in the folder where Picasso is started
        .toAbsolutePath()
        .normalize();
  }

  /** The same for runs. */
  static Path runs(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    return named(property.apply("picasso.data").or(() -> variable.apply("PICASSO_DATA")))
        .or(() -> folderOfData(property, variable))
        .orElseGet(() -> Path.of("picasso-data"))
        .toAbsolutePath()
        .normalize();
  }

  private static Optional<Path> named(Optional<String> text) {
    return text.filter(named -> !named.isBlank()).map(Path::of);
  }

  private static Optional<Path> folderOfData(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    Optional<Path> home = home(property, variable);
    String system = property.apply("os.name").orElse("").toLowerCase(Locale.ROOT);
    if (system.contains("windows")) {
      return absolute(variable, "LOCALAPPDATA")
          .or(() -> home.map(h -> h.resolve("AppData").resolve("Local")))
          .map(data -> data.resolve("Picasso"));
    }
    if (system.contains("mac")) {
      return home.map(h -> h.resolve("Library/Application Support/Picasso"));
    }
    return absolute(variable, "XDG_DATA_HOME")
        .or(() -> home.map(h -> h.resolve(".local/share")))
        .map(data -> data.resolve("picasso"));
  }

  /** Java calls the home of a user whom the system does not know "?", as in many containers. */
  private static Optional<Path> home(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    return absolute(property, "user.home").or(() -> absolute(variable, "HOME"));
  }

  /** The specification has relative paths ignored. */
  private static Optional<Path> absolute(Function<String, Optional<String>> variable, String name) {
    return variable.apply(name).filter(v -> !v.isBlank()).map(Path::of).filter(Path::isAbsolute);
  }
}
