package dev.picasso.model.config;

import dev.picasso.PicassoException;
import java.util.List;

/** A model with several inputs, of which some hold nothing although only one can be explained. */
public final class OpenInputsException extends PicassoException {
  private static final long serialVersionUID = 1L;

  /** All of the model's; not sent anywhere with the exception. */
  private final transient List<InputSlot> slots;

  OpenInputsException(String message, List<InputSlot> slots) {
    super(message);
    this.slots = List.copyOf(slots);
  }

  /** The model's inputs, those that hold something and those that do not. */
  public List<InputSlot> slots() {
    return slots;
  }
}
