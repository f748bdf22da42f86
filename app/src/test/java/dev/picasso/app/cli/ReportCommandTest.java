package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path folder;
  private Path maps;
  private Path report;

  @BeforeEach
  void results() throws IOException {
    Path model = TestModel.COLOUR.write(folder);
    maps = folder.resolve("maps");
    report = folder.resolve("report.html");
    assertThat(
            Terminal.run(
                    "explain", model, Samples.image(folder.resolve("photo.png")), "--output", maps)
                .code())
        .isZero();
  }

  @Test
  void aFolderOfResultsBecomesOneFile() throws IOException {
    Terminal done = Terminal.run("report", maps, "-o", report);
    assertThat(done.err()).isEmpty();
    assertThat(done.code()).isZero();
    String html = Files.readString(report);
    assertThat(html)
        .contains("photo.png")
        .contains("colour.onnx")
        .contains("SHA-256 of the file")
        .contains("ONNX Runtime")
        .contains("default-src 'none'")
        .doesNotContain("src=\"/");
    assertThat(Terminal.run("report", maps.resolve("results.json"), "-o", report).code())
        .as("a report gives way to another")
        .isZero();
  }

  @Test
  void theNumbersInItAreThoseOfTheArray() throws IOException {
    Terminal.run("report", maps, "-o", report);
    float[] values = NpyFile.read(maps.resolve("photo-1.npy")).floats();
    Matcher map =
        Pattern.compile("data-least=\"([^\"]*)\"[^>]*data-range=\"([^\"]*)\"")
            .matcher(Files.readString(report));
    assertThat(map.find()).isTrue();
    double least = Double.parseDouble(map.group(1));
    double range = Double.parseDouble(map.group(2));
    Matcher steps = Pattern.compile("data-steps=\"([^\"]*)\"").matcher(Files.readString(report));
    assertThat(steps.find()).isTrue();
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(steps.group(1))).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      double read = least + (bytes.getShort() & 0xffff) / 65_534. * range;
      assertThat(Math.abs(read - value)).isLessThanOrEqualTo(range / 131_000);
    }
  }

  @Test
  void whatIsNoReportIsNotWrittenOver() throws IOException {
    Files.writeString(report, "<!doctype html> my thesis");
    Terminal refused = Terminal.run("report", maps, "-o", report);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("is not written over, since it is no report");
    assertThat(report).hasContent("<!doctype html> my thesis");
  }

  @Test
  void whatIsNothingIsToldWithWhereRunsAre() {
    Terminal refused = Terminal.run("report", "nix", "--data", folder, "-o", report);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("nix: is neither a folder of results nor a run that is kept in " + folder);
    assertThat(Terminal.run("report", folder, "-o", report).err())
        .contains("results.json: there is no such file.");
  }

  @Test
  void aFileThatIsMissingIsToldAndNothingIsLeft() throws IOException {
    Files.delete(maps.resolve("photo-2.npy"));
    Terminal refused = Terminal.run("report", maps, "-o", report);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("photo-2.npy: is missing, and results.json names it.");
    assertThat(report).doesNotExist();
  }

  @Test
  void withoutRunsThereIsALineAndAnEmptyList() {
    Terminal none = Terminal.run("runs", "--data", folder);
    assertThat(none.out().strip()).isEqualTo("No runs are kept in " + folder + ".");
    assertThat(Terminal.run("runs", "--json", "--data", folder).out().strip()).isEqualTo("[ ]");
    assertThat(folder.resolve("runs.db")).doesNotExist();
  }
}
