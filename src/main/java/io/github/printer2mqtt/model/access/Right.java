package io.github.printer2mqtt.model.access;

import io.github.printer2mqtt.text.WireConstant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a route of the API needs and what the scope of a token gives. */
public enum Right implements WireConstant {
    /** State, alerts, registrations without secrets, and metrics. */
    READ,
    /** Commands to printers, acknowledging alerts. */
    CONTROL,
    /** Everything. */
    ADMIN,
    /** The reduced data of a wall screen. */
    WALL,
    /** Pictures of cameras. */
    CAMERA,
    /** When the running prints will be done, for calendar programs, which send a token in the address. */
    CALENDAR;

    /** These rights with those that they include. Only {@link #ADMIN} includes {@link #CAMERA}, since a picture may show people. */
    public static Set<Right> withIncluded(Collection<Right> rights) {
        EnumSet<Right> all = EnumSet.noneOf(Right.class);
        for (Right right : rights) {
            all.addAll(
                    switch (right) {
                        case ADMIN -> EnumSet.allOf(Right.class);
                        case CONTROL -> EnumSet.of(CONTROL, READ, WALL, CALENDAR);
                        case READ -> EnumSet.of(READ, WALL, CALENDAR);
                        case WALL -> EnumSet.of(WALL);
                        case CAMERA -> EnumSet.of(CAMERA);
                        case CALENDAR -> EnumSet.of(CALENDAR);
                    });
        }
        return Set.copyOf(all);
    }
}
