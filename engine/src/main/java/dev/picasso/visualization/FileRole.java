package dev.picasso.visualization;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file of results is to them. Names of files, fields in JSON, media types, downloads and the
 * menus of the page come from here.
 */
public enum FileRole {
  /** The image, at the size of the maps. */
  ORIGINAL("original", "-original.png", "image/png", "Save picture alone (PNG)"),
  /** The picture with the method drawn in. */
  EXAMPLE("example", "-example.png", "image/png", "Save example (PNG)"),
  /** Where the maps are strong, in COCO's format: boxes and masks in the image's own pixels. */
  COCO("coco", "-coco.json", "application/json; charset=utf-8", "Save parts (COCO JSON)"),
  /** A map over the picture, as the settings say. */
  OVERLAY("overlay", ".png", "image/png", "Save picture (PNG)"),
  /** A map alone, transparent where the model sees nothing. */
  MAP("map", "-map.png", "image/png", "Save map alone (PNG)"),
  /** A map's numbers, float32 .npy [height, width] in the frame of the model's input. */
  ARRAY("array", ".npy", "application/octet-stream", "Save array (.npy)"),
  /** Where a map is strong, white on black, in the image's own pixels. */
  MASK("mask", "-mask.png", "image/png", "Save mask (PNG)"),
  /** A curve as a drawing. */
  DRAWING("drawing", ".svg", "image/svg+xml", "Save drawing (SVG)"),
  /** The numbers of a curve or the cells of a table, a line of headings first. */
  CSV("csv", ".csv", "text/csv; charset=utf-8", "Save numbers (CSV)"),
  /** A picture that is a result by itself. */
  PICTURE("picture", ".png", "image/png", "Save picture (PNG)");

  private final String key;
  private final String ending;
  private final String mediaType;
  private final String action;

  FileRole(String key, String ending, String mediaType, String action) {
    this.key = key;
    this.ending = ending;
    this.mediaType = mediaType;
    this.action = action;
  }

  /** The field that names the file in JSON. */
  public String key() {
    return key;
  }

  /** How names of such files end. */
  public String ending() {
    return ending;
  }

  public String mediaType() {
    return mediaType;
  }

  /** What menus call saving it. */
  public String action() {
    return action;
  }

  /** Whether an image has one at most, and not each of its parts. */
  public boolean isOfImage() {
    return this == ORIGINAL || this == EXAMPLE || this == COCO;
  }

  static Stream<FileRole> ofImage() {
    return Arrays.stream(values()).filter(FileRole::isOfImage);
  }

  static Stream<FileRole> ofParts() {
    return Arrays.stream(values()).filter(role -> !role.isOfImage());
  }

  /** The role of a file of results, by how its name ends. */
  public static Optional<FileRole> ofFile(String name) {
    return Arrays.stream(values())
        .filter(role -> name.endsWith(role.ending))
        .max(Comparator.comparingInt(role -> role.ending.length()));
  }
}
