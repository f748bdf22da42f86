package dev.picasso.belief;

import java.util.Locale;

/** What a check says, in short. */
public enum Answer {
  YES,
  NO,
  /** Neither; or the check measures something that is neither good nor bad. */
  OPEN;

  /** Yes if it holds, else no. */
  public static Answer of(boolean holds) {
    return holds ? YES : NO;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
