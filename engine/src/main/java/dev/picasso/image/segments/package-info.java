/**
 * Parts of pictures: regions of one colour each, in which methods hide or weigh what belongs
 * together, and the regions in which a map is strong, with their boxes and files.
 *
 * <pre>{@code
 * Segments superpixels = Slic.of(80).segment(picture);
 * Picture hidden = picture.covered(superpixels.mask(3).bounds(), 128);
 * List<Segments> scales = Felzenszwalb.forXrai(picture);
 * }</pre>
 *
 * <p>The same picture has the same regions on every machine; nothing is drawn at random. Nothing
 * here knows of models.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.image.segments;
