package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuideHtmlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "# Saliency map → <h1>Saliency map</h1>",
        "a *small* change, p * q * r → <p>a <em>small</em> change, p * q * r</p>",
        "1. **Search.** `tries` → <ol>;<li><strong>Search.</strong> <code>tries</code></li>;</ol>",
        "* one;  more;* `a*b*c` → <ul>;<li>one;more</li>;<li><code>a*b*c</code></li>;</ul>",
        "see [x](smoothgrad.md#a) → <p>see <a href=\"smoothgrad\">x</a></p>",
        "see [x](../checks/weights.md) → <p>see <a href=\"../checks/weights\">x</a></p>",
        "see [x](../models.md) → <p>see x</p>",
        "[x](javascript:alert) → <p>x</p>",
        "[a](https://b.c/?d&e) → <p><a href=\"https://b.c/?d&amp;e\">a</a></p>",
        "0 < x & y → <p>0 &lt; x &amp; y</p>",
      })
  void theGuidesMarkdownIsHtml(String markdown, String html) {
    assertThat(GuideHtml.of(markdown.replace(';', '\n')).strip())
        .isEqualTo(
            html.replace("&amp;", "\1")
                .replace("&lt;", "\2")
                .replace(';', '\n')
                .replace("\1", "&amp;")
                .replace("\2", "&lt;"));
  }

  @Test
  void linesThatAreTooLongAreScrolledByKeyboardToo() {
    assertThat(GuideHtml.of("    a = b")).contains("<pre tabindex=\"0\"><code>a = b");
  }

  @Test
  void aTableHasItsHeadings() {
    assertThat(GuideHtml.of("| setting | |\n|---|---|\n| `a` | b \\| c |\n\nend"))
        .contains("<th scope=\"col\">setting</th>\n<th scope=\"col\"></th>")
        .contains("<td><code>a</code></td>\n<td>b | c</td>")
        .contains("</table></div>\n<p>end</p>")
        .doesNotContain("---");
  }

  static Stream<Path> pages() throws IOException {
    Path docs = Path.of("").toAbsolutePath();
    while (!Files.exists(docs.resolve("docs/methods"))) {
      docs = docs.getParent();
    }
    try (Stream<Path> methods = Files.list(docs.resolve("docs/methods"));
        Stream<Path> checks = Files.list(docs.resolve("docs/checks"))) {
      return Stream.concat(methods, checks).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageOfTheGuideIsUnderstood(Path page) throws IOException {
    String html = GuideHtml.of(Files.readString(page)).replaceAll("(?s)<code>.*?</code>", "");
    assertThat(html).startsWith("<h1>").doesNotContain("](", "**", "`", "|--", "\n#", "![");
  }
}
