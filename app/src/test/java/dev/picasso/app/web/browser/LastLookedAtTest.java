package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;

import dev.picasso.app.web.ColourModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who comes back finds what they last looked at, and a first visit the story. */
class LastLookedAtTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  @Test
  void thePageComesBackWithTheModelAndTheMethod() {
    PicassoPage first = VISIT.open("");
    see(first.at("#model")).hasValue(Examples.OVERCAST);
    see(first.at("#story")).isVisible();
    first.pickModel(Examples.MNIST);
    first.pickMethod("saliency");
    first.tab().close();
    PicassoPage next = VISIT.open("");
    see(next.at("#model")).hasValue(Examples.MNIST);
    see(next.at("#method")).hasValue("saliency");
    PicassoPage asked = VISIT.open("?model=" + Examples.BALANCED);
    see(asked.at("#model")).hasValue(Examples.BALANCED);
  }

  @Test
  void anOwnModelComesBackAndTheStoryStaysReachable() {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("mine.onnx")));
    see(page.at("#model")).hasValue("mine");
    see(page.at("#story")).isHidden();
    page.tab().close();
    PicassoPage next = VISIT.open("");
    see(next.at("#model")).hasValue("mine");
    see(next.at("#story")).isHidden();
    next.at("#to-story").click();
    see(next.at("#story")).isVisible();
    see(next.at("#model")).hasValue(Examples.OVERCAST);
  }

  @Test
  void startingOverForgetsIt() {
    PicassoPage page = VISIT.openMnist();
    page.pickMethod("saliency");
    page.at("#reset").click();
    page.at("#ask button[value=yes]").click();
    see(page.at("#model")).hasValue(Examples.OVERCAST);
    see(page.at("#story")).isVisible();
  }
}
