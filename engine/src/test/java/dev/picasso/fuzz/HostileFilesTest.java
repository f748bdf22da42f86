package dev.picasso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Model files with mistakes in them, made of the sound ones among the test resources: each loads
 * and runs, or is refused in words.
 *
 * <p>Some thousand are tried with every build. So many of each family as one likes, each in
 * processes with one gigabyte of memory and with a seed of one's own:
 *
 * <pre>./mvnw test -pl engine -Dtest=HostileFilesTest -Dpicasso.fuzz=10000 -Dpicasso.fuzz.seed=7
 * </pre>
 *
 * <p>Family, number and seed tell all that a damaged model is; a finding names them.
 */
class HostileFilesTest {
  private static final int EACH = 300;
  private static final List<Path> SOUND =
      List.of(
          Path.of("src/test/resources/dev/picasso/format"),
          Path.of("src/test/resources/dev/picasso/gradient"),
          Path.of("../examples/mnist-tensorflow"),
          Path.of("../examples/tanks"));

  private static Specimens specimens;

  @TempDir private Path folder;

  @BeforeAll
  static void findTheSoundModels() throws IOException {
    specimens = Specimens.in(SOUND);
    specimens.add(LayersModel.specimen());
  }

  @ParameterizedTest
  @EnumSource
  void damagedModelsLoadOrAreRefusedInWords(Family family) {
    Damage damage = new Damage(specimens, folder, 1);
    Attempt attempt = new Attempt(folder.resolve("model"));
    List<String> findings = new ArrayList<>();
    int loaded = 0;
    for (int number = 0; number < EACH; number++) {
      Specimen damaged = damage.of(family, number);
      Outcome outcome = attempt.load(damaged, number % 8 == 0);
      loaded += outcome instanceof Outcome.Loaded ? 1 : 0;
      if (outcome instanceof Outcome.Broken broken) {
        findings.add(damaged + ", number " + number + ": " + broken.error());
      }
    }
    assertThat(findings).isEmpty();
    assertThat(loaded).as("some are sound enough to be looked into").isBetween(1, EACH - 1);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "picasso.fuzz", matches = "\\d+")
  void damagedModelsByTheThousandDoNoHarm(Family family) throws Exception {
    long count = Long.getLong("picasso.fuzz");
    long seed = Long.getLong("picasso.fuzz.seed", 1);
    LongRun.Tally tally = new LongRun(folder, SOUND).run(family, count, seed);
    System.out.println(tally);
    assertThat(tally.findings()).isEmpty();
  }
}
