package dev.picasso.app.web;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page of the guide as HTML. Links to other pages lead to these; pictures, which the application
 * does not carry, are left out, and so is HTML.
 */
final class GuideHtml {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .attributeProviderFactory(context -> GuideHtml::describe)
          .build();

  private GuideHtml() {}

  /** The page as HTML, without head and body. */
  static String of(String markdown) {
    Node page = PARSER.parse(markdown);
    page.accept(new Served());
    return RENDERER
        .render(page)
        .replace("<pre>", "<pre tabindex=\"0\">") // so do long lines
        .replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>") // wide ones scroll
        .replace("</table>", "</table></div>");
  }

  private static void describe(Node node, String tag, Map<String, String> attributes) {
    if (tag.equals("th")) {
      attributes.put("scope", "col");
    }
  }

  /** Leaves of a page what is served. */
  private static final class Served extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      image.unlink();
    }

    /** To other sites, and to pages about methods and checks; of others the words stay. */
    @Override
    public void visit(Link link) {
      visitChildren(link);
      String to = link.getDestination();
      String page = to.replaceAll("\\.md(#.*)?$", "");
      if (to.contains(".md") && page.matches("(\\.\\./(methods|checks)/)?[\\w-]+")) {
        link.setDestination(page);
      } else if (!to.startsWith("https://")) {
        for (Node word = link.getFirstChild(); word != null; word = link.getFirstChild()) {
          link.insertBefore(word);
        }
        link.unlink();
      }
    }
  }
}
