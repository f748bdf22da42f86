package dev.picasso.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {
  @ParameterizedTest(name = "[{index}] {0} {1}")
  @CsvSource({
    "Linux,,/home/ada/.local/share/picasso/models",
    "Linux,XDG_DATA_HOME=/data,/data/picasso/models",
    "Linux,XDG_DATA_HOME=relative,/home/ada/.local/share/picasso/models",
    "Linux,XDG_DATA_HOME=' ',/home/ada/.local/share/picasso/models",
    "Linux,PICASSO_MODELS=/big/models,/big/models",
    "Mac OS X,,/home/ada/Library/Application Support/Picasso/models",
    "Mac OS X,XDG_DATA_HOME=/data,/home/ada/Library/Application Support/Picasso/models",
    "Windows 11,,/home/ada/AppData/Local/Picasso/models",
    "Windows 11,LOCALAPPDATA=/local,/local/Picasso/models",
    "Windows 11,PICASSO_MODELS=/big,/big"
  })
  void everySystemHasItsPlace(String system, String variable, String expected) {
    assertThat(models(Map.of("os.name", system), variable))
        .isEqualTo(Path.of(expected).toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource({"PICASSO_MODELS=/big"})
  void thePropertyWinsOverTheVariable(String variable) {
    assertThat(models(Map.of("picasso.models", "/mine"), variable))
        .isEqualTo(Path.of("/mine").toAbsolutePath());
  }

  /** As in a container that runs as a number which the system does not know. */
  @ParameterizedTest(name = "[{index}] {0} {1}")
  @CsvSource({
    "?,HOME=/data,/data/.local/share/picasso/models",
    "?,HOME=relative,picasso-models",
    "?,XDG_DATA_HOME=/data,/data/picasso/models",
    "'',,picasso-models",
    "?,,picasso-models",
  })
  void aUserWithoutAHomeHasAPlaceToo(String home, String variable, String expected) {
    assertThat(models(Map.of("os.name", "Linux", "user.home", home), variable))
        .isEqualTo(Path.of(expected).toAbsolutePath());
  }

  @ParameterizedTest(name = "[{index}] {0} {1}")
  @CsvSource({
    "Linux,,/home/ada/.local/share/picasso",
    "Linux,XDG_DATA_HOME=/data,/data/picasso",
    "Linux,PICASSO_DATA=/big,/big",
    "Linux,PICASSO_MODELS=/big,/home/ada/.local/share/picasso",
    "Mac OS X,,/home/ada/Library/Application Support/Picasso",
    "Windows 11,,/home/ada/AppData/Local/Picasso"
  })
  void runsLieBesideTheModels(String system, String variable, String expected) {
    assertThat(found(DataFolder::runs, Map.of("os.name", system), variable))
        .isEqualTo(Path.of(expected).toAbsolutePath());
  }

  private static Path models(Map<String, String> properties, String variable) {
    return found(DataFolder::models, properties, variable);
  }

  private static Path found(
      BiFunction<Function<String, Optional<String>>, Function<String, Optional<String>>, Path>
          folder,
      Map<String, String> properties,
      String variable) {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent("user.home", "/home/ada");
    String[] parts = Optional.ofNullable(variable).orElse("=").split("=", 2);
    return folder.apply(
        name -> Optional.ofNullable(all.get(name)),
        name -> Optional.of(parts[1]).filter(v -> name.equals(parts[0])));
  }
}
