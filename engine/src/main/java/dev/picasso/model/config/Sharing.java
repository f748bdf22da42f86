package dev.picasso.model.config;

import java.util.List;
import java.util.Locale;

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
        section.entry("names").map(Entry::texts).orElse(List.of()),
        Allowance.read(section));
  }

  /** The same names with another access. */
  public Sharing with(Access other) {
    return new Sharing(other, names, allowance);
  }
}
