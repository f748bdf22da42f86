package dev.picasso.format.tensorflow.graph;

import java.util.List;
import org.tensorflow.proto.DataType;

/** Numbers that stand in the graph. */
final class Constants {
  private Constants() {}

  static void addTo(NodeTable table) {
    table.putSource(Constants::constant, "Const", "ImmutableConst", "HostConst");
  }

  private static List<Known> constant(NodeCall call) {
    var stored = call.walk().constant(call.node().getName());
    if (stored.isPresent()) {
      return List.of(new Known.Numbers(Numeric.plain(stored.get())));
    }
    var proto = call.attribute("value").getTensor();
    return proto.getDtype() == DataType.DT_STRING || proto.getDtype() == DataType.DT_VARIANT
        ? List.of(new Known.Foreign("a text"))
        : List.of(new Known.Numbers(Numeric.read(proto)));
  }
}
