/** Heat maps as pictures: colours, overlays, colour bars, PNG. Nothing here knows of models. */
@org.jspecify.annotations.NullMarked
package dev.picasso.image.draw;
