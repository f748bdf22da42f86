package dev.picasso.plugin;

import java.util.OptionalInt;

/**
 * Something that is wrong with a plugin.
 *
 * @param words what, and what to do, in sentences
 * @param line of the Java file, from 1
 * @param code that line; empty where there is none
 */
public record PluginTrouble(String words, OptionalInt line, String code) {
  static PluginTrouble of(String words) {
    return new PluginTrouble(words, OptionalInt.empty(), "");
  }
}
