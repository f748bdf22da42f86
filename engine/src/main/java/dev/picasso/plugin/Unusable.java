package dev.picasso.plugin;

/** A plugin that cannot be used; the message says why. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  Unusable(String why) {
    super(why);
  }
}
