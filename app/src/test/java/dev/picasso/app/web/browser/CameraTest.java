package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pictures from the camera; the browser's own stands in for one. */
class CameraTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void aPictureIsTakenIntoTheTrayAndTheCameraIsLetGo() {
    PicassoPage page = VISIT.openMnist();
    page.button("Camera").click();
    page.button("Take picture").click(); // waits until there is something to see
    see(page.at(".camera-line .facts")).hasText("1 picture is in the tray.");
    see(page.at("#images .name").first())
        .hasText(Pattern.compile("camera \\d\\d-\\d\\d-\\d\\d\\.png"));
    page.button("Close").click();
    see(page.at("dialog.camera")).isHidden();
    page.tab().waitForFunction("!document.querySelector('dialog.camera video').srcObject");
  }
}
