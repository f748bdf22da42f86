package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path results;

  @BeforeEach
  void explain() throws IOException {
    model = TestModel.COLOUR.write(folder);
    results = folder.resolve("maps");
    Path first = Samples.image(folder.resolve("first.png"));
    Path second = Samples.image(folder.resolve("second.png"));
    Terminal done =
        Terminal.run(
            "explain", model, first, second, "-m", "occlusion", "--top", "2", "-o", results);
    assertThat(done.code()).isZero();
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static String svg(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void resultsBecomeAFigureOfThatWidth() throws IOException {
    Path file = folder.resolve("fig.pdf");
    Terminal done = Terminal.run("figure", results, "-o", file, "--width", "85");
    assertThat(done.problems()).isEmpty();
    assertThat(done.out()).startsWith("The figure is " + file + ", 85 × ");
    assertThat(text(file))
        .contains("Occlusion", "Zeiler and Fergus 2013", model.getFileName().toString());
    Path png = folder.resolve("fig.PNG");
    assertThat(Terminal.run("figure", results, "-o", png, "--width", "85", "--dpi", "100").code())
        .isZero();
    assertThat(ImageDecoder.standard().decode(png).width()).isEqualTo(335);
  }

  @Test
  void rowsAndColumnsAreChosen() throws IOException {
    Path all = folder.resolve("all.svg");
    Path some = folder.resolve("some.svg");
    Terminal.run("figure", results, "-o", all, "--scale", "table", "--caption", "");
    Terminal.run(
        "figure", results, "-o", some, "--rows", "2", "--columns", "2,image", "--caption", "Mine.");
    assertThat(count(svg(all), "<image ")).isEqualTo(2 * 3 + 1);
    assertThat(svg(all)).contains(">first<", ">second<").doesNotContain("Zeiler");
    assertThat(count(svg(some), "<image ")).isEqualTo(2 + 1);
    assertThat(svg(some)).contains(">second<", ">Mine.<").doesNotContain(">first<");
  }

  @Test
  void headingsAndLabelsAreSaid() throws IOException {
    Path file = folder.resolve("said.svg");
    Terminal done =
        Terminal.run(
            "figure", results, "-o", file, "--heading", "1=A, B", "--label", "2=the second");
    assertThat(done.problems()).isEmpty();
    assertThat(svg(file)).contains(">A, B<", ">the second<", ">first<").doesNotContain(">second<");
  }

  @Test
  void ofModelsSideBySideEachMethodAndEachModelIsTold() throws IOException {
    Path other = Files.copy(model, folder.resolve("other.onnx"));
    Path compared = folder.resolve("compared");
    Terminal made =
        Terminal.run(
            "compare",
            model,
            Samples.image(folder.resolve("third.png")),
            "-m",
            "smoothgrad(samples=7), integrated-gradients",
            "--with",
            other,
            "--class",
            "1",
            "-o",
            compared);
    assertThat(made.code()).as(made.err()).isZero();
    String cited = Terminal.run("figure", compared, "--cite").out();
    String sha256 = cited.replaceFirst("(?s).*?SHA-256 (\\w+).*", "$1");
    assertThat(count(cited, "SHA-256 " + sha256)).as("both models").isEqualTo(2);
    assertThat(cited)
        .contains("other.onnx (ONNX")
        .contains("Settings of SmoothGrad: samples 7, noise 0.15, form signed")
        .contains("Settings of Integrated gradients: steps auto (", "baseline zero")
        .contains("(number 1)")
        .doesNotContain(folder.toString());
    Path file = folder.resolve("compared.svg");
    Terminal.run("figure", compared, "-o", file);
    String caption = svg(file).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    assertThat(caption)
        .contains("Explanations of ", "SmoothGrad (Smilkov et al. 2017): change of the score")
        .doesNotContain("standard error", "steps");
    assertThat(count(svg(file), ">predicts ")).as("once for each model").isLessThanOrEqualTo(2);
  }

  @Test
  void mapsOfTheirOwnScaleAreDrawnAnewAndThoseAsMadeAreNot() throws IOException {
    Path made = folder.resolve("made.svg");
    Path row = folder.resolve("row.svg");
    Path own = folder.resolve("own.svg");
    Terminal.run("figure", results, "-o", made);
    Terminal.run("figure", results, "-o", row, "--scale", "row");
    Terminal.run("figure", results, "-o", own, "--scale", "own");
    // Occlusion's maps of an image share a scale unless told otherwise.
    assertThat(svg(row)).isEqualTo(svg(made));
    assertThat(count(svg(own), "<image ")).isGreaterThan(count(svg(made), "<image "));
  }

  @Test
  void whatToCiteIsPrinted() {
    Terminal done = Terminal.run("figure", results, "--cite");
    assertThat(done.problems()).isEmpty();
    assertThat(done.out())
        .contains("Heat maps were computed with Occlusion")
        .contains("SHA-256 ", "ONNX Runtime", "Settings: ", "Preparation of images: ")
        .contains("@misc{zeiler2013visualizing,", "author = {Zeiler, Matthew D. and Fergus, Rob}")
        .contains("eprint = {1311.2901}", "@software{picasso,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-o|fig.gif|end it with .pdf, .svg or .png",
        "-o|maps/first-1.png|is one of the results and is not written over",
        "--rows|3|There is no row 3; the results have rows 1 to 2.",
        "--columns|nope|There is no column nope; there are image, ",
        "--width|10|the width is 10 mm; it must be between 20 and 1000",
        "--width|24|choose fewer columns",
        "--font|first.png|is not read as a font"
      })
  void whatIsWrongIsTold(String option, String value, String problem) {
    boolean file = option.equals("-o") || option.equals("--font");
    Object given = file ? folder.resolve(value) : value;
    Terminal done =
        option.equals("-o")
            ? Terminal.run("figure", results, option, given)
            : Terminal.run("figure", results, "-o", folder.resolve("f.pdf"), option, given);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains(problem);
    assertThat(folder.resolve("f.pdf")).doesNotExist();
  }

  @Test
  void namesInResultsLeadNowhereElse() throws IOException {
    Path index = results.resolve("results.json");
    Files.writeString(index, Files.readString(index).replace("first-original.png", "../first.png"));
    Terminal done = Terminal.run("figure", results, "-o", folder.resolve("f.pdf"));
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("name no file for the original of an image");
  }

  @Test
  void aFolderWithoutResultsIsTold() {
    Terminal done = Terminal.run("figure", folder, "-o", folder.resolve("f.pdf"));
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("name a folder that 'picasso explain' wrote into");
  }
}
