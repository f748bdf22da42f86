package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * docs/benchmarks.md and its plot say what docs/benchmarks.json says; {@code benchmarks/page.py}
 * writes both.
 */
class BenchmarksPageTest {
  private static final String AGAIN =
      "written anew by benchmarks/page.py docs/benchmarks.json --write docs";
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern DURATION = Pattern.compile("([0-9.,]+) (ms|s)");
  private static final Pattern RATIO = Pattern.compile("([0-9.]+)×");

  @Test
  void theTableHasTheNumbersOfTheResults() throws IOException {
    List<JsonNode> results = results();
    List<List<String>> rows = rows();
    assertThat(rows).as(AGAIN).hasSameSizeAs(results);
    for (int i = 0; i < results.size(); i++) {
      JsonNode candidates = results.get(i).path("candidates");
      List<String> row = rows.get(i);
      assertDuration(row.get(2), candidates.path("Picasso"));
      JsonNode written = candidates.path("PyTorch as people write it");
      if (written.isMissingNode()) {
        assertThat(row.get(5)).as(AGAIN).isEqualTo("–");
      } else {
        assertDuration(row.get(5), written);
        assertRatio(row.get(5), written);
      }
    }
  }

  @Test
  void thePlotShowsEveryModelAndMethod()
      throws IOException, ParserConfigurationException, SAXException {
    Path file = DOCS.resolve("images/benchmarks.svg");
    Document plot = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    List<String> words = new ArrayList<>();
    var texts = plot.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      words.add(texts.item(i).getTextContent());
    }
    for (List<String> row : rows()) {
      String method = row.get(1).replaceAll(" \\(([0-9,]+ timed|busy)\\)", "");
      assertThat(words).as(AGAIN).contains(row.get(0), method);
    }
  }

  private static List<JsonNode> results() throws IOException {
    JsonNode all = new ObjectMapper().readTree(DOCS.resolve("benchmarks.json").toFile());
    List<JsonNode> results = new ArrayList<>();
    all.path("results").forEach(results::add);
    assertThat(results).isNotEmpty();
    return results;
  }

  /** The cells of the first table of the section. */
  private static List<List<String>> rows() throws IOException {
    String text = Files.readString(DOCS.resolve("benchmarks.md"));
    String part = text.substring(text.indexOf("table: begin"), text.indexOf("table: end"));
    return part.lines()
        .filter(line -> line.startsWith("| "))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static void assertDuration(String cell, JsonNode entry) {
    Matcher found = DURATION.matcher(cell);
    assertThat(found.find()).as(cell).isTrue();
    double seconds = number(found) / (found.group(2).equals("ms") ? 1000 : 1);
    double measured = entry.path("seconds").asDouble();
    assertThat(seconds).as(AGAIN).isCloseTo(measured, within(.06 * measured));
  }

  private static void assertRatio(String cell, JsonNode entry) {
    Matcher found = RATIO.matcher(cell);
    assertThat(found.find()).as(cell).isTrue();
    double ratio = entry.path("ratio").asDouble();
    assertThat(number(found)).as(AGAIN).isCloseTo(ratio, within(Math.max(.01, .05 * ratio)));
  }

  private static double number(Matcher found) {
    return Double.parseDouble(found.group(1).replace(",", ""));
  }
}
