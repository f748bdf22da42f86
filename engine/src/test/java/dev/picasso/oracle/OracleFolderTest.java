package dev.picasso.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Models that the scripts in tools/oracle write, too large for the repository: every model of the
 * folder that the system property {@code picasso.oracle} names, against the numbers beside it.
 */
class OracleFolderTest {
  private static final List<String> ENDINGS = List.of(".onnx", ".keras", ".h5");

  @TestFactory
  Stream<DynamicTest> everyModelAgreesWithItsOracle() throws IOException {
    String folder = System.getProperty("picasso.oracle", "");
    Assumptions.assumeFalse(folder.isBlank(), "no folder of oracle models was named");
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.sorted().toList().stream()
          .filter(f -> ENDINGS.stream().anyMatch(e -> f.toString().endsWith(e)))
          .map(f -> new OracleCase(f, expected(f)))
          .filter(c -> Files.exists(c.expected()))
          .map(
              c ->
                  DynamicTest.dynamicTest(
                      String.valueOf(c.model().getFileName()),
                      () -> {
                        OracleCase.Deviation found = c.measure();
                        System.out.printf(
                            Locale.ROOT,
                            "| %s | %.1e | %.1e | %.1e |%n",
                            c.model().getFileName(),
                            found.outputs(),
                            found.gradients(),
                            c.rounding().gradients());
                        c.check();
                      }));
    }
  }

  private static Path expected(Path model) {
    String name = String.valueOf(model.getFileName());
    return model.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".npz");
  }
}
