package dev.picasso.model.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use a server, by which names it is reached, and how much there is for each.
 *
 * @param access who gets in
 * @param names of hosts, in lower case, that lead to the server beside its own, as through a proxy
 * @param allowance how much people may have
 */
public record Sharing(Access access, List<String> names, Allowance allowance) {
  /** Who gets in. */
  public enum Access {
    /** Anybody on this machine where it alone is listened to; else who has the token. */
    AUTO,
    /** Who has the token. */
    TOKEN,
    /** Whoever reaches the server. */
    ANYBODY
  }

  private static final Pattern HOST =
      Pattern.compile("[\\p{Alnum}_]([\\p{Alnum}_.-]*[\\p{Alnum}.])?");

  public Sharing {
    names = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
  }

  /** As the address that is listened on has it; by no other name. */
  public static Sharing defaults() {
    return new Sharing(Access.AUTO, List.of(), Allowance.defaults());
  }

  static Sharing read(Section section) {
    return new Sharing(
        section.entry("access").flatMap(e -> e.oneOf(Access.class)).orElse(Access.AUTO),
        section.entry("names").map(Sharing::names).orElse(List.of()),
        Allowance.read(section));
  }

  /** What is no name of a host would never be one that somebody asks for. */
  private static List<String> names(Entry entry) {
    return entry.items().stream()
        .flatMap(
            item ->
                item
                    .parsed(
                        "the name of a host, such as picasso.example.org",
                        text -> Optional.of(text).filter(HOST.asMatchPredicate()))
                    .stream())
        .toList();
  }

  /** The same names with another access. */
  public Sharing with(Access other) {
    return new Sharing(other, names, allowance);
  }
}
