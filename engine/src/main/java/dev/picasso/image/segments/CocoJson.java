package dev.picasso.image.segments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parts of images in the format of COCO: images, annotations with boxes and masks, categories.
 * Masks are run lengths that are not compressed ("counts", "size"), which tools for COCO read.
 * Images and annotations are numbered from 1, categories by the classes of the model.
 */
public record CocoJson(List<Annotated> images) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * An image.
   *
   * @param width of its file, upright
   */
  public record Annotated(String file, int width, int height, List<Part> parts) {
    public Annotated {
      parts = List.copyOf(parts);
      for (Part part : parts) {
        if (part.mask().width() != width || part.mask().height() != height) {
          throw new IllegalArgumentException(
              "%s has %d × %d pixels, a mask of it %d × %d"
                  .formatted(file, width, height, part.mask().width(), part.mask().height()));
        }
      }
    }
  }

  /**
   * A part of an image.
   *
   * @param category index of the class that it is evidence for
   * @param label name of that class
   * @param score of the class, such as its probability
   */
  public record Part(int category, String label, double score, Mask mask) {}

  public CocoJson {
    images = List.copyOf(images);
  }

  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode imageList = json.putArray("images");
    ArrayNode annotations = json.putArray("annotations");
    Map<Integer, String> labels = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      Annotated image = images.get(i);
      imageList
          .addObject()
          .put("id", i + 1)
          .put("file_name", image.file())
          .put("width", image.width())
          .put("height", image.height());
      for (Part part : image.parts()) {
        labels.put(part.category(), part.label());
        add(annotations.addObject().put("id", annotations.size()).put("image_id", i + 1), part);
      }
    }
    ArrayNode categories = json.putArray("categories");
    labels.forEach((id, name) -> categories.addObject().put("id", id).put("name", name));
    return json;
  }

  private static void add(ObjectNode annotation, Part part) {
    Mask mask = part.mask();
    Window box = mask.bounds();
    annotation.put("category_id", part.category());
    annotation.putArray("bbox").add(box.left()).add(box.top()).add(box.width()).add(box.height());
    annotation.put("area", mask.area()).put("iscrowd", 0).put("score", part.score());
    ObjectNode segmentation = annotation.putObject("segmentation");
    ArrayNode counts = segmentation.putArray("counts");
    RunLengths.of(mask).forEach(counts::add);
    segmentation.putArray("size").add(mask.height()).add(mask.width());
  }

  /** The bytes of a file, in UTF-8. */
  public byte[] bytes() {
    try {
      return MAPPER.writeValueAsBytes(json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree has nothing that cannot be written
    }
  }
}
