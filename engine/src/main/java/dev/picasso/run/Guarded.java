package dev.picasso.run;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import java.util.Optional;
import java.util.function.Function;

/** Work on one image, whose failure is not that of the others. */
final class Guarded {
  private Guarded() {}

  /**
   * Does it.
   *
   * @param words says what to tell a person of a fault that no words were made for
   * @return why it failed, in words; empty if it did not
   * @throws StoppedException if it was stopped
   * @throws MachineException if no image could have results
   */
  static Optional<String> problem(Runnable work, Function<Throwable, String> words) {
    try {
      work.run();
      return Optional.empty();
    } catch (StoppedException | MachineException e) {
      throw e;
    } catch (PicassoException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      var unused = words.apply(e); // whose fault it was hears of it, too
      return Optional.of(String.valueOf(MachineException.ofMemory(e).getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return Optional.of(words.apply(e));
    }
  }
}
