package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How images get onto the page and off it. */
class ImagesOnThePageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  private static Path digit(String name) {
    return Examples.sample(Examples.MNIST, name);
  }

  @Test
  void whatIsNoImageIsToldInItsPlaceAndTheOthersAreExplained() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "this is no picture");
    byte[] whole = Files.readAllBytes(digit("3-1.png"));
    Path cut = Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(whole, 60));
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("0-1.png"), broken, cut, digit("1-1.png"));
    see(page.trayItems().nth(1)).containsText("broken.png");
    see(page.trayItems().nth(1).locator(".problem")).not().containsText("broken.png");
    see(page.trayItems().nth(1).locator(".problem")).isVisible();
    see(page.trayItems().nth(2)).containsText("cut.png");
    see(page.at("#explain-hint")).hasText("Explains 2 images.");

    page.pickMethod("saliency");
    page.explainAll();
    see(page.at(".row")).hasCount(2);
    assertThat(page.heads("0-1.png").get(0)).startsWith("0 ");
    assertThat(page.heads("1-1.png").get(0)).startsWith("1 ");
  }

  @Test
  void filesOfWhichNoneIsAnImageAreToldEachInItsPlace() throws IOException {
    Path words = Files.writeString(folder.resolve("words.png"), "this is no picture");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    PicassoPage page = VISIT.openMnist();
    page.addFiles(words, empty);
    see(page.trayItems().nth(0).locator(".problem")).containsText("This is a text");
    see(page.trayItems().nth(1).locator(".problem")).containsText("The file is empty");
    see(page.trayItems().nth(1).locator(".problem")).not().containsText("words.png");
    VISIT.expectComplaint("400 (Bad Request)");
  }

  @Test
  void aFileThatIsFarTooLargeIsToldInItsPlaceAndTheOthersAreTaken() throws IOException {
    Path large = Files.write(folder.resolve("large.png"), new byte[3 << 20]);
    Path vast = Files.write(folder.resolve("vast.png"), new byte[40 << 20]);
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("0-1.png"), large, vast, digit("1-1.png"));
    see(page.trayItems().nth(1).locator(".problem"))
        .containsText("the limit for an image is 2.0 MB");
    see(page.trayItems().nth(2).locator(".problem")).containsText("larger than 33 MB");
    see(page.at("#explain-hint")).hasText("Explains 2 images.");
    VISIT.expectComplaint("413 (Payload Too Large)");
    VISIT.expectComplaint("400 (Bad Request)"); // the large one, sent again by itself
  }

  @Test
  void anImageThatFailsInTheRunSaysSoInItsRowAndTheOthersGetResults() throws IOException {
    Path failing = Files.copy(digit("2-1.png"), folder.resolve("words.png"));
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("0-1.png"), failing, digit("1-1.png"));
    page.pickMethod("picky");
    page.explainAll();
    see(page.row("words.png").locator(".problem")).hasText("I do not like words.png.");
    see(page.row("0-1.png").locator(".classes li").first()).containsText("0");
    see(page.row("1-1.png").locator(".classes li").first()).containsText("1");
    see(page.at(".problem:visible")).hasCount(1);
  }

  @Test
  void aDroppedFolderGivesItsImages() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("digits/more"));
    Files.copy(digit("4-1.png"), folder.resolve("digits/four.png"));
    Files.copy(digit("5-1.png"), inner.resolve("five.png"));
    Files.writeString(folder.resolve("digits/notes.txt"), "not meant");
    PicassoPage page = VISIT.openMnist();
    page.drop(folder.resolve("digits"));
    see(page.trayItems()).hasCount(2);
    assertThat(page.at("#images .text .name").allInnerTexts())
        .containsExactly("four.png", "more/five.png");
  }

  @Test
  void aPastedPictureIsAddedLikeAnyOther() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.tab()
        .evaluate(
            """
            base64 => {
              const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
              const clipboardData = new DataTransfer();
              clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
              document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
            }\
            """,
            Base64.getEncoder().encodeToString(Files.readAllBytes(digit("6-1.png"))));
    see(page.trayItems()).hasCount(1);
    see(page.trayItems()).containsText("pasted.png");
    see(page.trayItems()).containsText("28 × 28");
  }

  @Test
  void whatWasRemovedCanBeBroughtBack() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("7-1.png"), digit("8-1.png"));
    page.button("Remove 7-1.png").click();
    see(page.trayItems()).hasCount(1);
    Locator note = page.at("#tray-note");
    see(note).containsText("7-1.png removed.");
    page.button("Undo").click();
    see(page.trayItems()).hasCount(2);
    see(note).isHidden();

    page.button("Remove all").click();
    see(page.trayItems()).hasCount(0);
    see(note).containsText("2 images removed.");
    see(page.at("#explain-hint")).hasText("Needs at least one image.");
  }
}
