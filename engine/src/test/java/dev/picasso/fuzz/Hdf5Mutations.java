package dev.picasso.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Damage to HDF5 files: to the JSON that lies inside of them, in the room that it has, and to what
 * follows the signatures of their blocks.
 */
final class Hdf5Mutations implements Mutation {
  private static final String[] SIGNATURES = {
    "OHDR", "TREE", "HEAP", "SNOD", "GCOL", "FRHP", "FHDB", "BTHD", "BTLF", "FSHD", "OCHK"
  };

  private final JsonMutations json;
  private final Mutation bytes;

  Hdf5Mutations(JsonMutations json, Mutation bytes) {
    this.json = json;
    this.bytes = bytes;
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (dice.chance(.5)) {
      int start = text.indexOf("{\"");
      int end = start < 0 ? -1 : end(text, start);
      if (end > 0) {
        byte[] changed =
            json.text(text.substring(start, end), dice).getBytes(StandardCharsets.ISO_8859_1);
        if (changed.length <= end - start) {
          byte[] whole = content.clone();
          Arrays.fill(whole, start, end, (byte) ' ');
          System.arraycopy(changed, 0, whole, start, changed.length);
          return whole;
        }
      }
    }
    String signature = SIGNATURES[dice.below(SIGNATURES.length)];
    int at = text.indexOf(signature, dice.below(text.length()));
    if (at < 0 || dice.chance(.3)) {
      return bytes.of(content, dice);
    }
    int to = Math.min(content.length, at + 16 + dice.below(200));
    byte[] block = bytes.of(Arrays.copyOfRange(content, at, to), dice);
    byte[] whole = content.clone();
    System.arraycopy(block, 0, whole, at, Math.min(block.length, to - at));
    return whole;
  }

  /** Behind the closing brace of the JSON that starts there. */
  private static int end(String text, int start) {
    int depth = 0;
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
