package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
    Deque<Ref> next = new ArrayDeque<>();
    Set<Ref> seen = new HashSet<>();
    boolean texts = false;
    next.add(tensor);
    while (!next.isEmpty() && seen.size() < MOST) {
      Optional<Ref> made = made(next.remove());
      if (made.isEmpty() || !seen.add(made.get())) {
        continue;
      }
      Ref at = made.get();
      NodeDef node = at.frame().node(at.node()).orElseThrow();
      boolean placeholder = node.getOp().startsWith("Placeholder");
      boolean text =
          placeholder
              && node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType()
                  == DataType.DT_STRING;
      if (placeholder && !text) {
        return false;
      }
      texts |= text || TEXTS.matcher(node.getOp()).matches();
      next.addAll(wiring.inputs(at.frame(), node));
    }
    return texts;
  }

  private Optional<Ref> made(Ref tensor) {
    try {
      return wiring.madeBy(tensor).map(r -> new Ref(r.frame(), r.node(), 0));
    } catch (Unsupported | dev.picasso.format.ModelException e) {
      return Optional.empty();
    }
  }
}
