/**
 * Heat maps as pictures. Nothing here knows of models, and nothing here is computed anew: from one
 * map all of this is drawn.
 *
 * <p>A {@link dev.picasso.image.draw.Drawing} knows the picture and the way from the model's pixels
 * to it. A {@link dev.picasso.image.draw.Display} says how maps are shown, a {@link
 * dev.picasso.image.draw.Scale} which numbers get which colours. Maps that are to be compared share
 * a scale:
 *
 * <pre>{@code
 * Drawing drawing = Drawing.of(image, preparedImage.frame());
 * Display display = Display.defaults().with(Blending.CONTOUR).withSmoothing(.02);
 * Scale scale = display.scale(maps, true); // of both signs: alike below and above zero
 * for (HeatMap map : maps) {
 *   Canvas canvas = drawing.draw(map, scale, display);
 *   Files.write(folder.resolve("map" + maps.indexOf(map) + ".png"), canvas.png());
 * }
 * Canvas bar = new ColourBar(scale, "change of the score", 300).draw();
 * }</pre>
 *
 * <p>The scale ends at the 99.5th percentile of the absolute values unless it is told otherwise: a
 * few pixels of a gradient are so much stronger than all others that the map would be black. What
 * was clipped stands on the colour bar. {@code Display.defaults().withPercentile(100)} clips
 * nothing.
 *
 * <p>{@link dev.picasso.image.draw.Blending} lists how map and picture come together. Where a map
 * has no number (NaN), for instance where the model saw nothing, a map alone is transparent, and
 * over a picture the picture is dark.
 *
 * <p>Where a map is strong is a {@link dev.picasso.image.draw.Strong}: a mask, which is a file as
 * {@code Canvas.of(strong.mask()).png()}, and its parts with their boxes, which {@link
 * dev.picasso.image.segments.CocoJson} writes:
 *
 * <pre>{@code
 * Strong strong = drawing.strong(map, scale, display);
 * List<CocoJson.Part> parts =
 *     strong.islands().stream()
 *         .map(i -> i.mask(strong.mask().width(), strong.mask().height()))
 *         .map(mask -> new CocoJson.Part(281, "tabby", .93, mask))
 *         .toList();
 * byte[] json =
 *     new CocoJson(List.of(new CocoJson.Annotated("cat.jpg", width, height, parts))).bytes();
 * }</pre>
 *
 * <p>What a model takes each place for, as segmentation models do, is drawn by {@link
 * dev.picasso.image.draw.ClassMapDrawing}, with a legend. A {@link
 * dev.picasso.image.draw.ContactSheet} puts many pictures on one. Words in pictures need fonts on
 * the machine; maps do not.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.image.draw;
