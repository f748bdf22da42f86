package dev.picasso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.picasso.graph.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run made, still in the runtime's own memory, so that another graph can read it without a
 * copy. It owns that memory: close it.
 */
public final class KeptValues implements AutoCloseable {
  static final KeptValues NONE = new KeptValues(Optional.empty());

  private final Optional<OrtSession.Result> result;

  KeptValues(OrtSession.Result result) {
    this(Optional.of(result));
  }

  private KeptValues(Optional<OrtSession.Result> result) {
    this.result = result;
  }

  /**
   * Copies of some of the values, in the order asked for.
   *
   * @throws IllegalArgumentException if there is none of a name
   * @throws ExecutionException if one is no tensor
   */
  public Map<String, Tensor> copies(Collection<String> names) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    for (String name : names) {
      copies.put(name, copy(name));
    }
    return copies;
  }

  /** A copy of one. */
  Tensor copy(String name) {
    OnnxValue value =
        result
            .flatMap(r -> r.get(name))
            .orElseThrow(() -> new IllegalArgumentException("no value " + name));
    try {
      return Tensors.fromRuntime(value);
    } catch (OrtException e) {
      throw new ExecutionException("ONNX Runtime failed: " + Tensors.plain(e), e);
    }
  }

  /** The handles of those values that have one of these names. */
  Map<String, OnnxTensor> among(Collection<String> names) {
    Map<String, OnnxTensor> handles = new LinkedHashMap<>();
    for (String name : names) {
      if (result.flatMap(r -> r.get(name)).orElse(null) instanceof OnnxTensor tensor) {
        handles.put(name, tensor);
      }
    }
    return handles;
  }

  @Override
  public void close() {
    result.ifPresent(OrtSession.Result::close);
  }
}
