package io.github.printer2mqtt.model.access;

import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user may do. */
public enum Role implements WireConstant {
    /** Sees everything and changes nothing. */
    VIEWER,
    /** Sends commands and acknowledges alerts, too. */
    OPERATOR,
    /** May do everything. */
    ADMIN;

    public Set<Right> rights() {
        return Right.withIncluded(
                switch (this) {
                    case VIEWER -> List.of(Right.READ, Right.CAMERA);
                    case OPERATOR -> List.of(Right.CONTROL, Right.CAMERA);
                    case ADMIN -> List.of(Right.ADMIN);
                });
    }

    /** The role that comes nearest to some rights, for a page that shows what they allow; null if they do not allow to read. */
    public static @Nullable Role nearest(Set<Right> rights) {
        if (rights.contains(Right.ADMIN)) {
            return ADMIN;
        }
        if (rights.contains(Right.CONTROL)) {
            return OPERATOR;
        }
        return rights.contains(Right.READ) ? VIEWER : null;
    }
}
