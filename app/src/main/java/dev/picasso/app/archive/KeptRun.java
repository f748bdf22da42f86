package dev.picasso.app.archive;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A finished run as lists show it; all else of it lies in its folder.
 *
 * @param id also the name of its folder
 * @param owner whose it is; a name that is no secret
 * @param name that a person gave it; empty where nobody did
 * @param model what it is called
 * @param graph hash of the model's graph with all its numbers; empty where it was not computed
 * @param visualization its id
 * @param method what the visualization is called
 * @param state "done", "cancelled", "failed", or "interrupted" where the server was killed
 * @param images in the order of the results
 * @param finished how many of them have results
 * @param made when it ended
 * @param bytes of its files
 */
public record KeptRun(
    String id,
    String owner,
    String name,
    String model,
    String graph,
    String visualization,
    String method,
    String state,
    List<Image> images,
    int finished,
    Instant made,
    long bytes) {
  /** What ids look like; nothing else is ever looked for. */
  public static final Pattern ID = Pattern.compile("[a-z0-9]{6,40}");

  /** The longest name that a run can have. */
  public static final int LONGEST_NAME = 120;

  /**
   * An image that was explained.
   *
   * @param id by which addresses call it
   * @param name what the person calls it; never a path
   */
  public record Image(String id, String name) {}

  /** Checks the id. */
  public KeptRun {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no id of a run: " + id);
    }
    images = List.copyOf(images);
  }

  /** What a person reads of it: the name, else the method and the model. */
  public String title() {
    return name.isEmpty() ? title(method, model) : name;
  }

  /** What made results, in a line; some methods are called as they ask. */
  public static String title(String method, String model) {
    return method + (method.endsWith("?") ? " " : " of ") + model;
  }

  KeptRun withBytes(long measured) {
    return with(state, finished, measured);
  }

  KeptRun ended(String last, int withResults) {
    return with(last, withResults, bytes);
  }

  private KeptRun with(String last, int withResults, long measured) {
    return new KeptRun(
        id,
        owner,
        name,
        model,
        graph,
        visualization,
        method,
        last,
        images,
        withResults,
        made,
        measured);
  }
}
