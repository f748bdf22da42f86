package dev.picasso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.picasso.Stop;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.layout.StretchedGates;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A graph ready to run, many times and from several threads at once. It owns a native session:
 * close it.
 */
public final class CompiledGraph implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<OnnxTensorLike> constants;
  private final Map<String, Tensor> matrices;
  private final LargeOutputs large;

  /** Runs share it; closing waits for them, since a session must not vanish under a run. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private boolean closed;

  private CompiledGraph(
      OrtEnvironment environment,
      OrtSession session,
      List<OnnxTensorLike> constants,
      Map<String, Tensor> matrices,
      LargeOutputs large) {
    this.environment = environment;
    this.session = session;
    this.constants = constants;
    this.matrices = matrices;
    this.large = large;
  }

  /**
   * Compiles a graph; its constants are handed over by their addresses.
   *
   * @throws ExecutionException if the runtime cannot run the graph
   * @throws dev.picasso.MachineException if the runtime cannot be started, or the device is not
   *     there
   */
  public static CompiledGraph of(Graph plain, RuntimeOptions options) {
    OrtEnvironment environment = NativeRuntime.environment();
    boolean blocks = options.optimize() && options.device().card().isEmpty();
    Graph graph = blocks ? StretchedGates.apply(plain) : plain;
    // On a card they must be copied over once, not at every run.
    HugeMatrices huge =
        options.device().card().isEmpty()
            ? HugeMatrices.of(graph)
            : new HugeMatrices(graph, Map.of());
    OnnxWriter.Split split = OnnxWriter.split(huge.graph());
    Map<String, OnnxTensorLike> constants = new LinkedHashMap<>();
    try (OrtSession.SessionOptions settings =
        SessionSettings.of(options, graph.activationBytes())) {
      for (var entry : split.external().entrySet()) {
        constants.put(entry.getKey(), Tensors.toRuntime(environment, entry.getValue()));
      }
      if (!constants.isEmpty()) {
        settings.addExternalInitializers(constants);
      }
      OrtSession session = environment.createSession(split.model().toByteArray(), settings);
      return new CompiledGraph(
          environment,
          session,
          List.copyOf(constants.values()),
          huge.matrices(),
          options.optimize() ? LargeOutputs.of(graph) : LargeOutputs.NONE);
    } catch (RuntimeException | Error e) {
      constants.values().forEach(OnnxTensorLike::close);
      throw e;
    } catch (OrtException e) {
      constants.values().forEach(OnnxTensorLike::close);
      throw options
          .device()
          .card()
          .<RuntimeException>flatMap(card -> Cuda.problem(card, String.valueOf(e.getMessage())))
          .orElseGet(
              () ->
                  new ExecutionException(
                      "ONNX Runtime cannot run the model: " + Tensors.plain(e), e));
    }
  }

  /**
   * Runs the graph on a tensor for each of its inputs and returns its outputs in order.
   *
   * @throws ExecutionException if an input is missing or does not fit
   * @throws IllegalStateException if the graph has been closed
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return run(inputs, new Stop());
  }

  /**
   * The same for work that may be stopped, also in the middle of a run.
   *
   * @throws dev.picasso.StoppedException if it was
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop) {
    return run(inputs, new OutputMemory(), stop);
  }

  /**
   * The same with large outputs in memory that may be used again.
   *
   * @param memory the results are to be read before it is released
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, OutputMemory memory, Stop stop) {
    return run(inputs, KeptValues.NONE, memory, stop);
  }

  /**
   * The same on values that another graph left in the runtime's memory.
   *
   * @param kept for those inputs that are not among {@code inputs}
   * @param memory the results are to be read before it is released
   */
  public Map<String, Tensor> run(
      Map<String, Tensor> inputs, KeptValues kept, OutputMemory memory, Stop stop) {
    return whileOpen(
        stop,
        () -> {
          Map<String, LargeOutputs.Place> places = places(inputs, memory);
          try (KeptValues outputs = started(inputs, kept, places, stop)) {
            Map<String, Tensor> results = new LinkedHashMap<>();
            for (String name : session.getOutputNames()) {
              LargeOutputs.Place place = places.get(name);
              results.put(name, place == null ? outputs.copy(name) : place.result());
            }
            return results;
          } finally {
            places.values().forEach(place -> place.handle().close());
          }
        });
  }

  /** Runs the graph and leaves its outputs where they are, for other graphs to read. */
  public KeptValues keep(Map<String, Tensor> inputs, Stop stop) {
    return whileOpen(stop, () -> started(inputs, KeptValues.NONE, Map.of(), stop));
  }

  private <T> T whileOpen(Stop stop, Supplier<T> work) {
    stop.check();
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model has been closed");
      }
      return work.get();
    } finally {
      inUse.readLock().unlock();
    }
  }

  private Map<String, LargeOutputs.Place> places(Map<String, Tensor> inputs, OutputMemory memory) {
    try {
      return large.places(environment, inputs, memory);
    } catch (OrtException e) {
      throw new ExecutionException("ONNX Runtime failed: " + Tensors.plain(e), e);
    }
  }

  private KeptValues started(
      Map<String, Tensor> inputs,
      KeptValues kept,
      Map<String, LargeOutputs.Place> places,
      Stop stop) {
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try {
      for (var entry : inputs.entrySet()) {
        own.put(entry.getKey(), Tensors.toRuntime(environment, entry.getValue()));
      }
      for (var entry : matrices.entrySet()) {
        own.put(entry.getKey(), Tensors.toRuntime(environment, entry.getValue()));
      }
      Map<String, OnnxTensor> handles = kept.among(session.getInputNames());
      handles.putAll(own);
      Set<String> wanted = new LinkedHashSet<>(session.getOutputNames());
      wanted.removeAll(places.keySet());
      Map<String, OnnxTensor> written = new LinkedHashMap<>();
      places.forEach((name, place) -> written.put(name, place.handle()));
      try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
        return new KeptValues(
            stop.telling(
                () -> terminate(options), () -> session.run(handles, wanted, written, options)));
      }
    } catch (OrtException e) {
      stop.check();
      throw new ExecutionException("ONNX Runtime failed: " + Tensors.plain(e), e);
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  /** Ends a run after the node that it is at. */
  private static void terminate(OrtSession.RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new ExecutionException("ONNX Runtime cannot be stopped: " + Tensors.plain(e), e);
    }
  }

  /** Waits for runs that are under way. Closing again does nothing. */
  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        release();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  private void release() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ExecutionException("ONNX Runtime failed to close: " + Tensors.plain(e), e);
    } finally {
      constants.forEach(OnnxTensorLike::close);
    }
  }
}
