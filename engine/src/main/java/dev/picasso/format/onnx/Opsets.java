package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.picasso.format.ModelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which version of which operator set a model or function is written in. */
record Opsets(Map<String, Long> versions) {
  private static final long OLDEST = 1;

  /**
   * From 22 on operators took more types and an attribute or two for them; the rest is the same.
   */
  private static final long NEWEST = 26;

  static Opsets of(List<OperatorSetIdProto> imports) {
    Map<String, Long> versions = new HashMap<>();
    imports.forEach(i -> versions.put(domain(i.getDomain()), i.getVersion()));
    return new Opsets(Map.copyOf(versions));
  }

  /** ONNX's own domain has two spellings. */
  static String domain(String spelled) {
    return spelled.equals("ai.onnx") ? "" : spelled;
  }

  /** The version of ONNX's own operators. */
  long onnx() {
    return versions.getOrDefault("", 1L);
  }

  void requireReadable(String file) {
    if (onnx() < OLDEST || onnx() > NEWEST) {
      throw new ModelException(
          file
              + ": is written in ONNX opset "
              + onnx()
              + "; Picasso reads "
              + OLDEST
              + " to "
              + NEWEST
              + ". Export it again, with opset_version=18 for instance.");
    }
  }
}
