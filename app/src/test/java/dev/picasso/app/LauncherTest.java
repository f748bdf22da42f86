package dev.picasso.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script that builds and starts Picasso, with a build and a Java that only say what they get.
 */
class LauncherTest {
  private static final String BUILD =
      """
      #!/bin/sh
      echo built >>builds.txt
      mkdir -p app/target
      echo jar >app/target/picasso.jar
      """;
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:DumpLoadedClassList=*)
            echo rehearsed >>"$(dirname "$0")/rehearsals.txt"
            list=${word#*=}
            echo classes >"$list"
            mkdir -p "$(dirname "$list")/native"
            exit 0
            ;;
          -XX:SharedClassListFile=*)
            list=${word#*=}
            ;;
          -XX:SharedArchiveFile=*)
            [ -z "${list:-}" ] || { cp "$list" "${word#*=}"; exit 0; }
            ;;
        esac
      done
      echo "locale ${LC_ALL:-none}"
      echo "$@"
      """;

  @TempDir Path home;

  @BeforeEach
  void installation() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no POSIX shell here");
    Files.copy(Path.of("../picasso"), home.resolve("picasso"));
    for (String source : List.of("engine/src/main", "app/src/main", "jdk/bin")) {
      Files.createDirectories(home.resolve(source));
    }
    for (String pom : List.of("pom.xml", "engine/pom.xml", "app/pom.xml")) {
      Files.writeString(home.resolve(pom), "");
    }
    script("mvnw", BUILD);
    script("jdk/bin/java", JAVA);
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(home.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", home.resolve("picasso").toString(), "go");
    Stream.of("LC_ALL", "LC_CTYPE", "LANG", "PICASSO_OPTS").forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().putAll(variables);
    return builder.redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private long lines(String file) throws IOException {
    return Files.readAllLines(home.resolve(file)).size();
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void severalFirstStartsBuildAndPrepareOnce() throws IOException, InterruptedException {
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(start(Map.of()));
    }
    for (Process process : starts) {
      assertThat(output(process)).contains("app/target/picasso.jar go");
    }
    assertThat(lines("builds.txt")).isEqualTo(1);
    assertThat(lines("jdk/bin/rehearsals.txt")).isEqualTo(1);
    assertThat(names("app/target/fast")).hasSize(1);
    assertThat(names(".")).noneMatch(n -> n.startsWith(".build"));
    assertThat(output(start(Map.of()))).contains("-XX:SharedArchiveFile=");
    assertThat(lines("builds.txt")).isEqualTo(1);
  }

  @Test
  void aBuildThatWasBrokenOffIsMadeAnew() throws IOException, InterruptedException {
    // A jar that is newer than all sources and yet not whole; locks of processes that are gone.
    Files.createDirectories(home.resolve("app/target/fast/lock"));
    Files.writeString(home.resolve("app/target/picasso.jar"), "half");
    Files.writeString(home.resolve(".build.unfinished"), "");
    Files.createDirectories(home.resolve(".build.lock"));
    Files.writeString(home.resolve(".build.lock/owner"), "999999999\n");
    Files.writeString(home.resolve("app/target/fast/lock/owner"), "999999999\n");
    assertThat(output(start(Map.of()))).contains("Building Picasso");
    assertThat(home.resolve("app/target/picasso.jar")).hasContent("jar");
    assertThat(output(start(Map.of()))).doesNotContain("Building").contains("SharedArchiveFile=");
  }

  @Test
  void aFailedBuildIsToldAndTriedAgain() throws IOException, InterruptedException {
    script("mvnw", "#!/bin/sh\necho 'no compiler'\nexit 1\n");
    Process failed = start(Map.of());
    assertThat(new String(failed.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("no compiler");
    assertThat(failed.waitFor()).isEqualTo(1);
    script("mvnw", BUILD);
    assertThat(output(start(Map.of()))).contains("picasso.jar go");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "LANG, , C.UTF-8",
    "LANG, C, C.UTF-8",
    "LC_ALL, POSIX, C.UTF-8",
    "LC_CTYPE, C, C.UTF-8",
    "LC_ALL, de_DE.ISO-8859-1, de_DE.ISO-8859-1",
    "LC_ALL, ja_JP.eucJP, ja_JP.eucJP",
  })
  void aLocaleWithoutLettersGetsThem(String variable, String value, String expected)
      throws IOException, InterruptedException {
    assertThat(output(start(value == null ? Map.of() : Map.of(variable, value))))
        .contains("locale " + expected + "\n");
  }

  @Test
  void theHeapIsAShareOfTheMemoryUnlessSomebodySaysOtherwise()
      throws IOException, InterruptedException {
    assertThat(output(start(Map.of()))).contains("-XX:MaxRAMPercentage=25");
    assertThat(output(start(Map.of("PICASSO_OPTS", "-Dx=y -Xmx300m"))))
        .doesNotContain("MaxRAMPercentage")
        .contains("-Dx=y -Xmx300m");
  }
}
