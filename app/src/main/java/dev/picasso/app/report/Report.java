package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.run.Provenance;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Results as one HTML file that needs nothing else: pictures, numbers, style and script are in it,
 * and its own security policy keeps it from asking for anything. One image is in memory at a time.
 */
public final class Report {
  private static final String FOLDER = "dev/picasso/app/report/";
  private static final String STATIC = "/dev/picasso/app/web/static/";
  private static final int LARGEST = 256 << 20;

  private final PebbleEngine engine;

  public Report() {
    ClasspathLoader loader = new ClasspathLoader(Report.class.getClassLoader());
    loader.setPrefix(FOLDER);
    engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .extension(new ShortNames())
            .maxRenderedSize(LARGEST)
            .build();
  }

  /**
   * Writes a report.
   *
   * @param title what it is headed with; the method and the model where there is none
   * @param out stays open
   * @throws dev.picasso.PicassoException if a file that the results name is missing or damaged
   */
  public void write(ReportSource source, Optional<String> title, Writer out) throws IOException {
    String style = resource("report.css");
    String script = resource("report.js") + resource("report-tally.js");
    render(
        "head.peb",
        Map.of(
            "title", title.filter(t -> !t.isBlank()).orElseGet(source::title),
            "subtitle", source.title(),
            "made", source.header().path("made").asText(),
            "style", style,
            "styleHash", hash(style),
            "scriptHash", hash(script)),
        out);
    out.write(tally(source));
    int[] count = {0};
    ClassNames[] names = {source.classNames()};
    try {
      source.images(
          image -> {
            try {
              row(image, new EmbeddedFiles(source.folder()), out);
              names[0] = names[0].with(image);
              count[0]++;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.write(facts(ReportFacts.of(source, names[0])));
    render(
        "tail.peb",
        Map.of("version", Provenance.version(), "images", count[0], "script", script),
        out);
  }

  /** One image's row, for a page that has the same style and script. */
  public String row(JsonNode image, ReportFiles files) {
    StringWriter text = new StringWriter();
    try {
      row(image, files, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void row(JsonNode image, ReportFiles files, Writer out) throws IOException {
    render("image.peb", ReportRow.of(image, files), out);
  }

  /** How often the model is right, for such a page; empty where that is not known. */
  public String tally(ReportSource source) {
    StringWriter text = new StringWriter();
    Optional<Map<String, Object>> counted = ReportTally.of(source.header());
    if (counted.isPresent()) {
      try {
        render("tally.peb", counted.get(), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  /** What made the results, for such a page. */
  public String facts(ReportFacts facts) {
    StringWriter text = new StringWriter();
    try {
      render("facts.peb", Map.of("groups", facts.groups()), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void render(String template, Map<String, Object> values, Writer out) throws IOException {
    engine.getTemplate(template).evaluate(out, values, Locale.ROOT);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Optional.ofNullable(Report.class.getResourceAsStream(STATIC + name)).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As a content-security policy names what stands in the page. */
  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
