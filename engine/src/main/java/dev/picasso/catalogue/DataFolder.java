package dev.picasso.catalogue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Where pulled models are kept: a folder of the user's that outlives the installation. */
final class DataFolder {
  /** Names another folder; the property of the same meaning, {@code picasso.models}, wins. */
  static final String VARIABLE = "PICASSO_MODELS";

  private DataFolder() {}

  static Path models() {
    return models(
        name -> Optional.ofNullable(System.getProperty(name)),
        name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * The folder for these properties and environment variables: what the user names, else the
   * system's place for a user's data (on Linux as the XDG Base Directory Specification has it); of
   * a user without a home, a folder where Picasso is started.
   */
  static Path models(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    return property
        .apply("picasso.models")
        .or(() -> variable.apply(VARIABLE))
        .filter(named -> !named.isBlank())
        .map(Path::of)
        .orElseGet(() -> usual(property, variable))
        .toAbsolutePath()
        .normalize();
  }

  private static Path usual(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    return folderOfData(property, variable)
        .orElseGet(() -> Path.of("picasso-models")); // in the folder where Picasso is started
  }

  private static Optional<Path> folderOfData(
      Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {
    Optional<Path> home = home(property, variable);
    String system = property.apply("os.name").orElse("").toLowerCase(Locale.ROOT);
    if (system.contains("windows")) {
      return absolute(variable, "LOCALAPPDATA")
          .or(() -> home.map(h -> h.resolve("AppData").resolve("Local")))
          .map(data -> data.resolve("Picasso").resolve("models"));
    }
    if (system.contains("mac")) {
      return home.map(h -> h.resolve("Library/Application Support/Picasso/models"));
    }
    return absolute(variable, "XDG_DATA_HOME")
        .or(() -> home.map(h -> h.resolve(".local/share")))
        .map(data -> data.resolve("picasso").resolve("models"));
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
