package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.SlowModel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a model is given is looked at, doubted, repaired and kept. */
class WhatItIsGivenTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  /** A digit as people scan it: dark ink on white paper. */
  static Path ink(Path folder, int digit) throws IOException {
    BufferedImage bright = ImageIO.read(Examples.sample(Examples.MNIST, digit + "-1.png").toFile());
    BufferedImage ink =
        new BufferedImage(bright.getWidth(), bright.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < ink.getHeight(); y++) {
      for (int x = 0; x < ink.getWidth(); x++) {
        ink.setRGB(x, y, ~bright.getRGB(x, y));
      }
    }
    Path file = folder.resolve("ink-" + digit + ".png");
    ImageIO.write(ink, "png", file.toFile());
    return file;
  }

  @Test
  void wrongPreprocessingIsSeenRepairedByTheDoctorsClickAndKept() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(ink(folder, 7), ink(folder, 1), ink(folder, 4));
    page.button("What it is given").click();
    see(page.at("#input-words")).containsText("x = s/255, s from");
    assertThat(corner(page)).as("white paper reaches the network white").isEqualTo(Color.WHITE);
    page.button("Ask the doctor").click();
    see(page.at("#doctor-says"))
        .containsText("trained on pictures with dark and bright exchanged. A click gives it every");
    see(page.at("#doctor-says")).containsText("x = -s/255 + 1");
    see(page.at(".diagnosis")).containsText("dark and bright exchanged");
    page.button("Give it so").click();
    see(page.at("#input-words")).containsText("x = -s/255 + 1");
    see(page.at("#input-invert")).isChecked();
    page.tab().waitForCondition(() -> corner(page).equals(Color.BLACK));
    page.tab().reload();
    page.awaitModel();
    page.button("What it is given").click();
    see(page.at("#input-words")).containsText("x = -s/255 + 1");
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("ink-7.png").get(0)).startsWith("7 ");
  }

  @Test
  void mapsFromBeforeAChangeAreMarkedAndPredictionsRenewed() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("mixed.onnx")));
    see(page.at("#model")).hasValue("mixed");
    page.awaitModel();
    Path red = folder.resolve("red.png");
    ImageIO.write(filled(Color.RED), "png", red.toFile());
    page.addFiles(red);
    page.pickMethod("saliency");
    page.explainAll();
    see(page.at("#images .said .facts")).hasText(Pattern.compile("class 0 .*"));
    see(page.at("#made")).not().containsText("earlier");
    page.button("What it is given").click();
    page.at("#input-color").selectOption("bgr");
    see(page.at("#made")).containsText("Made with earlier choices");
    see(page.at("#rows")).hasClass(Pattern.compile("earlier"));
    see(page.at("#images .said .facts")).hasText(Pattern.compile("class 2 .*"));
    page.at("#input-color").selectOption("rgb");
    see(page.at("#made")).not().containsText("earlier");
    see(page.at("#images .said .facts")).hasText(Pattern.compile("class 0 .*"));
  }

  @Test
  void aGuessedRangeIsSaidAboveTheResultsUntilSomebodyKnows() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("guess.onnx")));
    see(page.at("#model")).hasValue("guess");
    page.awaitModel();
    Path red = folder.resolve("red.png");
    ImageIO.write(filled(Color.RED), "png", red.toFile());
    page.addFiles(red);
    page.pickMethod("saliency");
    page.explainAll();
    see(page.at("#range-guess")).containsText("How pixels are scaled (0 to 1) is a guess.");
    page.button("Check it").click();
    see(page.at("#input-panel")).isVisible();
    page.at("#input-antialias").click();
    see(page.at("#input-right")).isVisible();
    page.at("#input-antialias").click();
    page.button("0 to 1 is right").click();
    see(page.at("#input-right")).hasCount(0);
    see(page.at("#range-guess")).hasCount(0);
  }

  private static BufferedImage filled(Color colour) {
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      picture.setRGB(i % 32, i / 32, colour.getRGB());
    }
    return picture;
  }

  @Test
  void theDoctorTellsHowFarItIsAndIsStopped() {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(SlowModel.write(folder.resolve("slow.onnx")));
    see(page.at("#model")).hasValue("slow");
    page.awaitModel();
    page.button("What it is given").click();
    page.button("Ask the doctor").click();
    see(page.at("#doctor-left")).containsText("Trying inputs");
    see(page.at("#doctor-bar")).hasJSProperty("value", .1);
    page.button("Stop").click();
    see(page.at("#doctor-bar")).hasCount(0);
    see(page.at("#ask-doctor")).isFocused();
    see(page.at(".panel .problem")).hasCount(0);
    page.at("#model").selectOption(Examples.MNIST);
    page.awaitModel();
    page.button("Ask the doctor").click();
    see(page.at("#doctor-says")).isVisible();
  }

  private static Color corner(PicassoPage page) {
    return new Color(page.picture(page.at(".given img").nth(1)).getRGB(0, 0));
  }

  @Test
  void labelsArePastedAndAConfigurationIsDropped() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("colours.onnx")));
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals("colours"));
    page.awaitModel();
    page.button("What it is given").click();
    page.at(".panel summary").filter(containing("labels")).click();
    page.at("#input-labels").fill("rot\ngrün");
    page.button("Take these labels").click();
    see(page.at(".panel .problem")).containsText("has 3 classes, but there are 2 labels");
    VISIT.expectComplaint("422 (Unprocessable Entity)");
    page.at("#input-labels").fill("rot\ngrün\nblau");
    page.button("Take these labels").click();
    see(page.at(".panel summary .brief").filter(containing("rot first"))).hasCount(1);
    Path yaml = folder.resolve("picasso.yaml");
    Files.writeString(
        yaml,
        "models:\n  - path: colours.onnx\n    preprocessing: {preset: tf, color: bgr}\n",
        StandardCharsets.UTF_8);
    page.drop(yaml);
    see(page.at("#input-words")).containsText("bgr; x = s/127.5 - 1");
    see(page.at("#input-color")).hasValue("bgr");
    page.at("#input-color").selectOption("rgb");
    see(page.at("#input-words")).containsText("rgb; x = s/127.5 - 1");
    page.tab().keyboard().press("Escape");
    see(page.at("#input-panel")).isHidden();
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
