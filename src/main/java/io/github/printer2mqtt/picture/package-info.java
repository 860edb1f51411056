/**
 * Pictures of printers: the thumbnail of the file that is printed and the snapshot of a camera. Drivers say where they are; this
 * package fetches them, never on the connection of a poll, keeps few bytes and decodes nothing. Start reading at {@code
 * PictureService}.
 */
@NullMarked
package io.github.printer2mqtt.picture;

import org.jspecify.annotations.NullMarked;
