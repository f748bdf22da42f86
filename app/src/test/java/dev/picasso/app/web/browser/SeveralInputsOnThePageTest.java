package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import dev.picasso.app.web.HeldTest;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model that compares two pictures: one is explained, the other held. */
class SeveralInputsOnThePageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static final byte[] GREEN = Pictures.png(8, 8, Color.GREEN);

  private static final String DROP =
      "(slot, png) => { const files = new DataTransfer();"
          + " const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));"
          + " files.items.add(new File([bytes], 'green.png', { type: 'image/png' }));"
          + " slot.dispatchEvent(new DragEvent('drop',"
          + " { dataTransfer: files, bubbles: true, cancelable: true })); }";

  @TempDir Path folder;

  private Path image(String name, Color colour) throws IOException {
    return Files.write(folder.resolve(name), Pictures.png(8, 8, colour));
  }

  @Test
  void aSlotIsFilledSeenAndChanged() throws IOException {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(HeldTest.product(folder.resolve("product.onnx"), 2));
    see(page.at("#model-facts .problem")).containsText("It takes several inputs");
    page.at("#show-input").click();
    Locator slots = page.at(".slot");
    see(slots).hasCount(2);
    see(slots.nth(0)).containsText("your images go in here");
    see(slots.nth(1)).containsText("It holds nothing yet");

    page.at("#slot-1-file")
        .setInputFiles(new FilePayload("red.png", "image/png", Pictures.png(8, 8, Color.RED)));
    see(slots.nth(1).locator("figcaption")).hasText("red.png");
    see(page.at("#model-facts")).containsText("3 classes");
    see(page.at("#input-words")).isVisible();

    page.addFiles(image("white.png", Color.WHITE), image("blue.png", Color.BLUE));
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("white.png").get(0)).as("white times red").startsWith("class 0");

    page.at("#slot-1-image").selectOption("blue.png");
    see(slots.nth(1).locator("figcaption")).hasText("blue.png");
    see(page.at("#run-head")).containsText("Made with earlier choices");
    page.explainAll();
    assertThat(page.heads("white.png").get(0)).as("white times blue").startsWith("class 2");

    slots.nth(1).evaluate(DROP, Base64.getEncoder().encodeToString(GREEN));
    see(slots.nth(1).locator("figcaption")).hasText("green.png");
    see(page.trayItems()).hasCount(2); // it is not for the tray

    page.at("#slot-1-explain").click();
    see(slots.nth(1)).containsText("your images go in here");
    see(slots.nth(0).locator("figcaption")).hasText("green.png");
  }

  @Test
  void eachInputThatIsChosenGetsAMapInTheRow() throws IOException {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(HeldTest.product(folder.resolve("product.onnx"), 2));
    see(page.at("#model-facts .problem")).containsText("It takes several inputs");
    page.at("#show-input").click();
    page.at("#slot-1-file")
        .setInputFiles(new FilePayload("red.png", "image/png", Pictures.png(16, 8, Color.RED)));
    see(page.at("#model-facts")).containsText("3 classes");
    page.at("#close-input").click();
    page.addFiles(image("white.png", Color.WHITE));
    page.pickMethod("saliency");
    Locator boxes = page.at("[data-setting='inputs'] input");
    see(boxes).hasCount(2);
    see(boxes.nth(0)).isChecked();
    see(boxes.nth(1)).not().isChecked();
    boxes.nth(1).check();
    page.explainAll();

    Locator row = page.row("white.png");
    Locator beside = row.locator(".beside");
    see(beside).hasCount(1);
    see(beside.locator("h3")).hasText("b red.png");
    assertThat(page.heads("white.png")).hasSize(6).element(3).asString().startsWith("b class 0");
    see(beside.locator("figure.map")).hasCount(3);
    see(beside.locator(".original-cell")).hasCount(0); // what-if is asked of images alone
    see(page.at("#made")).containsText("inputs a, b");
    assertThat(page.address()).contains("inputs=a%2Cb");

    page.tab().reload();
    page.awaitEnd();
    see(boxes.nth(1)).isChecked();
    see(page.at("#run-head")).not().containsText("Made with earlier choices");
    boxes.nth(0).uncheck();
    page.explainAll();
    see(row.locator("figure.map")).hasCount(3);
    see(row.locator(".classes li")).hasCount(3);
    boxes.nth(1).uncheck(); // then it is the one that images go into
    see(boxes.nth(0)).isChecked();
  }

  @Test
  void whatIsNoImageIsRefusedBesideTheSlots() {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(HeldTest.product(folder.resolve("product.onnx"), 2));
    see(page.at("#model-facts .problem")).containsText("It takes several inputs");
    page.at("#show-input").click();
    page.at("#slot-1-file")
        .setInputFiles(new FilePayload("words.png", "image/png", "words".getBytes(UTF_8)));
    see(page.at("#input-panel .problem").first()).containsText("words.png");
    see(page.at(".slot").nth(1)).containsText("It holds nothing yet");
    VISIT.expectComplaint("422");
  }
}
