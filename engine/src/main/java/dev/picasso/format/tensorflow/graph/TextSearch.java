package dev.picasso.format.tensorflow.graph;

import java.util.regex.Pattern;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Finds out whether a tensor comes from texts and encoded files, and from no numbers beside. */
final class TextSearch {
  private static final int MOST = 20_000;
  private static final Pattern TEXTS = Pattern.compile("(Decode|Parse|ReadFile|Read(er)?Read).*");

  private final Wiring wiring;

  TextSearch(Wiring wiring) {
    this.wiring = wiring;
  }

  boolean isBehindTexts(Ref tensor) {
    boolean[] found = new boolean[2]; // texts, numbers
    new Ancestry(wiring, MOST)
        .visit(
            tensor,
            (frame, node) -> {
              boolean placeholder = node.getOp().startsWith("Placeholder");
              boolean text = placeholder && isText(node);
              found[0] |= text || TEXTS.matcher(node.getOp()).matches();
              found[1] |= placeholder && !text;
              return !found[1];
            });
    return found[0] && !found[1];
  }

  private static boolean isText(NodeDef node) {
    return node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType()
        == DataType.DT_STRING;
  }
}
