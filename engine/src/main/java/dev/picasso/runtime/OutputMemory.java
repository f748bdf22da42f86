package dev.picasso.runtime;

import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory that large outputs of runs are written to, and again those of later runs. The system hands
 * out fresh memory page by page, as each is first touched, which on a virtual machine may take
 * longer than the run's last layers.
 *
 * <p>Runs on several threads may take from it.
 */
public final class OutputMemory {
  /** What is kept for later runs at most. */
  private static final long MOST_BYTES = 64L << 20;

  private final Map<Long, Deque<ByteBuffer>> free = new HashMap<>();
  private final List<ByteBuffer> taken = new ArrayList<>();

  /** Memory of that size, which may hold anything. */
  synchronized ByteBuffer take(long bytes) {
    Deque<ByteBuffer> fitting = free.computeIfAbsent(bytes, k -> new ArrayDeque<>());
    ByteBuffer memory = fitting.isEmpty() ? Tensor.allocate(bytes) : fitting.pop();
    taken.add(memory);
    return memory;
  }

  /** All outputs that were written to it have been read, and will not be again. */
  public synchronized void release() {
    long kept = free.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue().size()).sum();
    for (ByteBuffer memory : taken) {
      if (kept + memory.capacity() <= MOST_BYTES) {
        kept += memory.capacity();
        free.computeIfAbsent((long) memory.capacity(), k -> new ArrayDeque<>()).push(memory);
      }
    }
    taken.clear();
  }
}
