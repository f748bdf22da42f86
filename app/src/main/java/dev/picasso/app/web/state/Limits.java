package dev.picasso.app.web.state;

/**
 * How much one person, and all together, may have on the server.
 *
 * @param sessions kept at once; the one longest unused goes first
 * @param images of a session
 * @param imagesOfRun in one run
 * @param runs of a session, the oldest finished ones go first
 * @param running runs of a session that are not finished
 * @param models that a session uploaded
 * @param modelBytes of one upload of model files
 * @param waiting runs of all sessions that wait for their turn
 */
public record Limits(
    int sessions,
    int images,
    int imagesOfRun,
    int runs,
    int running,
    int models,
    long modelBytes,
    int waiting) {
  public static Limits defaults() {
    return new Limits(200, 500, 200, 40, 8, 8, 2L << 30, 100);
  }
}
