package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Frame;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what models say of images with something changed in them, as fast as somebody draws. What
 * is kept of an image from question to question is kept for the images that were asked about last.
 * The runtime uses all cores for each, so one is answered at a time ({@link NewestOnly}).
 */
public final class Supposing {
  /** Each keeps the maps of one image in one network, which may be a hundred megabytes. */
  private static final int KEPT = 3;

  /** Activations of a network of which so much is not kept: it is computed anew each time. */
  private static final long LARGEST = 1L << 30;

  private static final int MOST_WAITING = 64;
  private static final int MOST_OF_ADDRESS = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ImageStore images;
  private final TimeLimit limit;
  private final OtherPictures others;
  private final NewestOnly<Session> turns =
      new NewestOnly<>(MOST_WAITING, MOST_OF_ADDRESS, PATIENCE);
  private final Map<Key, Known> known = new LinkedHashMap<>(16, .75f, true);

  private record Key(ServedModel model, String image) {}

  /**
   * What is kept of an image.
   *
   * @param stop ends each run of it
   */
  private record Known(
      Session owner, ReadyModel ready, Stop stop, WhatIf whatIf, Frame frame, Predictions before) {}

  /**
   * What was told.
   *
   * @param before of the image as it is
   * @param after with the change
   * @param pixels how many of the model's input it changes; none where the model sees nothing of it
   */
  public record Told(ReadyModel model, Predictions before, Predictions after, int pixels) {}

  /**
   * Tells of the images of a store.
   *
   * @param limit of the time that an answer may take, for which others wait
   */
  public Supposing(ImageStore images, TimeLimit limit) {
    this.images = images;
    this.limit = limit;
    this.others = new OtherPictures(images::small);
  }

  /**
   * Changes something in an image. Waits for the model first, which keeps nobody else waiting, then
   * for its turn.
   *
   * @param from where it was asked
   * @throws PicassoException if the change is not within the picture
   * @throws NotNowException if a newer question of the same person took the place of this one, or
   *     too many ask
   * @throws TookTooLongException if the model takes too long for it
   */
  public Told suppose(
      Session who, ClientAddress from, ServedModel model, StoredImage image, Supposition what) {
    what.requireWithin(image);
    return model.use(
        ready ->
            turns.answer(
                who, from, () -> told(who, ready, new Key(model, image.id()), image, what)));
  }

  /** One thread is in here at a time. What was stopped is good for nothing, and is not kept. */
  private Told told(Session who, ReadyModel ready, Key key, StoredImage image, Supposition what) {
    Stop stop = there(key, ready).map(Known::stop).orElseGet(Stop::new);
    try {
      return limit.within(stop, () -> told(known(who, ready, key, image, stop), what));
    } finally {
      if (stop.isRequested() || ready.model().graph().activationBytes() > LARGEST) {
        known.remove(key);
      }
    }
  }

  private Told told(Known of, Supposition what) {
    Supposition.Change change = what.in(of.frame());
    Predictions after =
        change.pixels() == 0 ? of.before() : change.answer().apply(of.whatIf(), others::of);
    return new Told(of.ready(), of.before(), after, change.pixels());
  }

  private Optional<Known> there(Key key, ReadyModel ready) {
    return Optional.ofNullable(known.get(key)).filter(there -> there.ready().equals(ready));
  }

  private Known known(Session who, ReadyModel ready, Key key, StoredImage image, Stop stop) {
    return there(key, ready).orElseGet(() -> made(who, ready, key, image, stop));
  }

  private Known made(Session who, ReadyModel ready, Key key, StoredImage image, Stop stop) {
    ImageInput input = ready.prepare(images.decode(image));
    Images x = Images.of(input.prepared().x(), ready.input().preprocessor());
    WhatIf whatIf = WhatIf.of(ready.explainer().stoppedBy(stop), x);
    Known made = new Known(who, ready, stop, whatIf, input.prepared().frame(), whatIf.before());
    known.remove(key);
    known.entrySet().removeIf(e -> isGone(e.getKey().model(), e.getValue().ready()));
    makeRoom(who);
    known.put(key, made);
    return made;
  }

  private static boolean isGone(ServedModel model, ReadyModel ready) {
    return model.ready().filter(ready::equals).isEmpty();
  }

  /** Of how many images something is kept; for when nobody asks. */
  int kept() {
    return known.size();
  }

  /** Of a person's own what was not asked about for longest goes first, else anybody's. */
  private void makeRoom(Session who) {
    if (known.size() >= KEPT) {
      Key gone =
          known.entrySet().stream()
              .filter(e -> e.getValue().owner().equals(who))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseGet(() -> known.keySet().iterator().next());
      known.remove(gone);
    }
  }
}
