package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody opens a model file of their own. */
class OwnModelTest {
  private static final String KERAS = "/dev/picasso/format/keras/net_cnn.h5";

  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  @Test
  void anOnnxFileJoinsTheListAndExplains() throws IOException {
    Path red = Files.write(folder.resolve("red.png"), Pictures.png(8, 8, Color.RED));
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("colours.onnx")));
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals("colours"));
    see(page.at("#model-facts")).containsText("4 × 4 colour · 3 classes");
    page.addFiles(red);
    page.pickMethod("saliency");
    page.explainAll();
    // softmax of five times the means of red, green and blue, which the model gets as 0 to 1
    assertThat(page.heads("red.png").get(0)).isEqualTo("class 0 0.987");
    BufferedImage map = page.picture(page.map("red.png", 0).locator("img"));
    // The gradient is the same everywhere: all of the picture has the last colour of the scale.
    Pixels.requireSame(map, (x, y) -> 0xfcffa4);
  }

  @Test
  void aDroppedKerasFileJoinsTheListBesideDroppedImages() throws IOException {
    Path model = folder.resolve("own.h5");
    try (InputStream file = OwnModelTest.class.getResourceAsStream(KERAS)) {
      Files.copy(file, model);
    }
    PicassoPage page = VISIT.openMnist();
    page.drop(Examples.sample(Examples.MNIST, "7-1.png"), model);
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals("own"));
    see(page.at("#model-facts")).containsText("own.h5 · Keras");
    see(page.at("#model-facts")).containsText("10 × 10 grey");
    see(page.trayItems()).hasCount(1);
    page.pickMethod("partial-occlusion");
    page.explainAll();
    see(page.row("7-1.png").locator("figure.map").first()).isVisible();
    see(page.at("#made > :first-child")).containsText("Partial occlusion of own");
  }

  @Test
  void aRemovedModelComesBackAlsoAfterTheTabWasLoadedAnew() {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("gone.onnx")));
    see(page.at("#model")).hasValue("gone");
    page.awaitModel();
    page.at("#remove-model").click();
    see(page.at("#removed-models")).containsText("gone.onnx removed.");
    see(page.at("#model option[value=gone]")).hasCount(0);
    see(page.at("#removed-models button")).isFocused();
    page.tab().reload();
    page.at("#removed-models button").last().click();
    see(page.at("#model")).hasValue("gone");
    see(page.at("#removed-models")).isHidden();
    page.awaitModel();
  }

  @Test
  void aFileThatHoldsNoModelIsToldAndTheOthersStay() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.h5"), "no model at all");
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(bad);
    see(page.at("#model-facts .problem")).containsText("bad.h5");
    VISIT.expectComplaint("422 (Unprocessable Entity)");
    see(page.at("#model")).hasValue(Examples.MNIST);
    page.button("Dismiss").click();
    see(page.at("#model-facts .problem")).hasCount(0);
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    page.explainAll();
    see(page.row("7-1.png")).containsText("7");
  }
}
