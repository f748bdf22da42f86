package dev.picasso.run.figure;

import dev.picasso.attribution.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Papers as entries of BibTeX. Those of the methods that come with Picasso are in a list, with all
 * authors; of others the entry says what the method says.
 */
final class BibTex {
  private static final Pattern PAPER = Pattern.compile("(.+?) ((?:19|20)\\d{2}), (.+)");
  private static final Pattern ARXIV = Pattern.compile("https?://arxiv\\.org/abs/([\\w./-]+)");
  private static final Pattern DOI = Pattern.compile("https?://doi\\.org/(.+)");
  private static final Pattern SPECIAL = Pattern.compile("[&%$#_{}]");

  private static final Pattern URL = Pattern.compile("url = \\{([^}]+)\\}");
  private static final String LIST = "papers.bib";
  private static final Map<String, String> KNOWN = known();

  private BibTex() {}

  /** A paper, as in "Selvaraju et al. 2016, Grad-CAM". */
  record Paper(String authors, String year, String title) {
    private String authorsInBibTex() {
      return authors.replace(" et al.", " and others").replace(", ", " and ");
    }

    private String key() {
      String first = authors.split("[ ,]", 2)[0].toLowerCase(Locale.ROOT);
      String word = title.split("[^\\p{L}\\p{N}]+", 2)[0].toLowerCase(Locale.ROOT);
      return (first + year + word).replaceAll("[^a-z0-9]", "");
    }
  }

  /** Its authors, year and title, where it is written so. */
  static Optional<Paper> parse(String reference) {
    Matcher parts = PAPER.matcher(reference);
    return parts.matches()
        ? Optional.of(new Paper(parts.group(1), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  /** The program itself. */
  static String ofPicasso(String version, Instant made) {
    StringBuilder entry = new StringBuilder("@software{picasso,\n");
    field(entry, "title", "{Picasso: heat maps of what image classifiers look at}");
    field(entry, "version", version);
    field(entry, "year", String.valueOf(made.atZone(ZoneOffset.UTC).getYear()));
    field(entry, "note", "carries on the idea of Picasso (Merantix, 2017)");
    return entry.append("}\n").toString();
  }

  static String of(Reference reference) {
    return Optional.ofNullable(KNOWN.get(reference.url())).orElseGet(() -> made(reference));
  }

  /** Entries by the addresses of their papers. */
  private static Map<String, String> known() {
    Map<String, String> known = new HashMap<>();
    try (InputStream in = BibTex.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + LIST);
      }
      for (String entry : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1)) {
        Matcher url = URL.matcher(entry);
        if (url.find()) {
          known.put(url.group(1), entry.strip() + "\n");
        }
      }
      return Map.copyOf(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String made(Reference reference) {
    Optional<Paper> paper = parse(reference.title());
    StringBuilder entry = new StringBuilder("@misc{");
    entry.append(paper.map(Paper::key).orElse("method")).append(",\n");
    paper.ifPresent(p -> field(entry, "author", escaped(p.authorsInBibTex())));
    field(entry, "title", "{" + escaped(paper.map(Paper::title).orElse(reference.title())) + "}");
    paper.ifPresent(p -> field(entry, "year", p.year()));
    Matcher arxiv = ARXIV.matcher(reference.url());
    if (arxiv.matches()) {
      field(entry, "eprint", arxiv.group(1));
      field(entry, "archivePrefix", "arXiv");
    }
    Matcher doi = DOI.matcher(reference.url());
    if (doi.matches()) {
      field(entry, "doi", doi.group(1));
    }
    field(entry, "url", reference.url());
    return entry.append("}\n").toString();
  }

  private static void field(StringBuilder entry, String name, String value) {
    entry.append("  ").append(name).append(" = {").append(value).append("},\n");
  }

  private static String escaped(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }
}
