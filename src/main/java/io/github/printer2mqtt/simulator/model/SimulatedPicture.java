package io.github.printer2mqtt.simulator.model;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Pictures of a simulated printer: a vase whose form and colour depend on the file. Pure. */
public final class SimulatedPicture {
    /** Width and height of thumbnails in pixels. */
    public static final int SIDE = 160;

    private static final int BACKGROUND = 0;
    private static final int PLATE = 1;
    private static final int SHADES = 6;
    private static final int[] COLOURS = {0xd9622b, 0x2b7fd9, 0x3aa655, 0x8b5cc7, 0xc7a12b, 0xc72b5c};
    private static final int BOTTOM = SIDE - 24;
    private static final int TOP = 20;

    private SimulatedPicture() {}

    /** The picture of a file, as PNG. */
    public static Buffer thumbnail(String file) {
        return draw(file, 1, 0xf2f2f2, 0xd0d0d0);
    }

    /** What the camera sees, as PNG: the vase grows with the print. */
    public static Buffer snapshot(@Nullable JobView job) {
        return draw(job == null ? "" : job.file(), job == null ? 0 : job.progress(), 0x23282d, 0x4a4f55);
    }

    private static Buffer draw(String file, double printed, int background, int plate) {
        int seed = file.hashCode() & 0xffff;
        int colour = COLOURS[seed % COLOURS.length];
        int[] palette = new int[2 + SHADES];
        palette[BACKGROUND] = background;
        palette[PLATE] = plate;
        for (int shade = 0; shade < SHADES; shade++) {
            palette[2 + shade] = shaded(colour, 0.55 + 0.45 * shade / (SHADES - 1));
        }
        double top = BOTTOM - (BOTTOM - TOP) * printed;
        return PngImage.of(SIDE, palette, (x, y) -> pixel(x, y, top, seed));
    }

    private static int pixel(int x, int y, double top, int seed) {
        double half = halfWidth(y, seed);
        double across = (x - SIDE / 2.0) / half;
        if (y >= top && y < BOTTOM && Math.abs(across) < 1) {
            return 2 + (int) ((1 - Math.abs(across + 0.3) / 1.3) * (SHADES - 1));
        }
        return y >= BOTTOM && y < BOTTOM + 10 && x > 12 && x < SIDE - 12 ? PLATE : BACKGROUND;
    }

    private static double halfWidth(int y, int seed) {
        double height = (BOTTOM - y) / (double) (BOTTOM - TOP);
        return 34 + 14 * Math.sin(height * (2 + seed % 5) + seed % 7) + 6 * Math.sin(height * 9);
    }

    private static int shaded(int colour, double factor) {
        int red = (int) ((colour >> 16 & 0xff) * factor);
        int green = (int) ((colour >> 8 & 0xff) * factor);
        int blue = (int) ((colour & 0xff) * factor);
        return red << 16 | green << 8 | blue;
    }
}
