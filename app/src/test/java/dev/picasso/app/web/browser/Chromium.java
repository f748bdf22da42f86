package dev.picasso.app.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine. Nothing is downloaded: without one there are no browser tests. */
final class Chromium implements AutoCloseable {
  private static final String VARIABLE = "PICASSO_CHROMIUM";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final String SKIPPED = "BROWSER TESTS ARE SKIPPED: ";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** The program: the one that is named, or the first on the path. */
  static Optional<Path> find() {
    Optional<Path> named = named();
    if (named.isPresent()) {
      return named.filter(Files::isExecutable);
    }
    List<String> folders =
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return NAMES.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> named() {
    return Optional.ofNullable(System.getenv(VARIABLE)).filter(n -> !n.isBlank()).map(Path::of);
  }

  /** What is said where there is none. */
  static String missing() {
    return SKIPPED
        + named()
            .map(n -> VARIABLE + " is " + n + ", which is no program. Name Chromium's there.")
            .orElse(
                "the PATH has no "
                    + String.join(", ", NAMES)
                    + ". Install Chromium, or name its program in "
                    + VARIABLE
                    + ".");
  }

  static Chromium launch(Path program) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> arguments =
        Stream.of(
                "no-sandbox",
                "disable-gpu",
                "disable-dev-shm-usage",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
                "no-first-run",
                "use-fake-device-for-media-stream", // a camera that shows a test picture
                "force-color-profile=srgb")
            .map(word -> "--" + word)
            .toList();
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(arguments)));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
