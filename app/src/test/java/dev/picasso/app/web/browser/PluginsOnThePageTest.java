package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Java files that are dropped into the folder of plugins while somebody looks at the page. */
class PluginsOnThePageTest {
  private static final String SOURCE =
      """
      import dev.picasso.visualization.*;
      import java.util.*;

      public class Shout implements Visualization<Shout.Settings> {
        public record Settings(int times) {}
        public String id() { return "shout"; }
        public String title() { return "TITLE"; }
        public String description() { return "Says the class."; }
        public Settings defaults() { return new Settings(2); }
        public Optional<String> template() { return Optional.of("shout.peb"); }
        public Results run(Context context, Settings settings) {
          return context.eachImage((image, steps) -> {
            var classes = context.predict(image);
            BODY
            return ImageResult.of(image.name(), classes, List.of());
          });
        }
      }
      """;

  @RegisterExtension static final Visit VISIT = new Visit();

  private Served served;

  @BeforeEach
  void serve() throws IOException {
    served = Served.start();
    VISIT.goTo(served);
    drop("shout.peb", "<p class=\"shout\">{{ result.predictions[0].label }}!</p>");
  }

  @AfterEach
  void end() {
    VISIT.leave();
    served.close();
  }

  /** As an editor saves: never half of it. */
  private void drop(String name, String text) throws IOException {
    Path written = Files.writeString(Files.createTempFile("picasso", name), text);
    Files.move(written, served.plugins().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String source(String title, String body) {
    return SOURCE.replace("TITLE", title).replace("BODY", body);
  }

  private static Locator card(PicassoPage page, String file) {
    return page.at(".plugin[data-file='" + file + "']");
  }

  @Test
  void aFileThatIsDroppedIsThereAndWhatIsWrongStandsOnItsOwnCard() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    see(card(page, "Shout.java")).hasCount(0);

    drop("Shout.java", source("Shout", ""));
    see(card(page, "Shout.java")).containsText("Shout");
    see(page.at("#plugins-brief")).hasText("2");
    page.at("#plugins summary").click();
    card(page, "Shout.java").locator("button").click();
    see(page.at("#method")).hasValue("shout");
    page.explainAll();
    see(page.at(".shout")).hasText("7!");

    drop("Shout.java", source("Louder", ""));
    see(page.at("#method option[value='shout']")).hasText("Louder");
    see(page.at(".shout")).hasText("7!");
    drop("shout.peb", "<p class=\"shout\">{{ result.predictions[0].label }}!!!</p>");
    drop("Broken.java", source("Broken", "int n = classes.length;").replace("Shout", "Broken"));
    see(card(page, "Broken.java")).containsText("line 14");
    see(card(page, "Broken.java")).containsText("int n = classes.length;");
    see(card(page, "Broken.java")).containsText("cannot find symbol");
    see(card(page, "Shout.java").locator(".troubles")).hasCount(0);
    page.explainAll();
    see(page.at(".shout")).hasText("7!!!");
    page.pickMethod("partial-occlusion");
    page.explainAll();
    see(page.at(".row figure.map").first()).isVisible();

    Files.delete(served.plugins().resolve("Broken.java"));
    see(card(page, "Broken.java")).hasCount(0);
  }

  @Test
  void whatThrowsAtWorkIsToldWithItsLine() throws IOException {
    drop(
        "Shout.java",
        source("Shout", "System.out.println(1 / (classes.size() - classes.size()));"));
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    see(page.at("#method option[value='shout']")).hasCount(1);
    page.pickMethod("shout");
    page.explainAll();
    see(page.at(".row .problem")).containsText("Shout failed");
    see(card(page, "Shout.java")).containsText("/ by zero) at Shout.java:14.");
    see(page.at(".plugin[data-broken]")).hasCount(0);
  }
}
