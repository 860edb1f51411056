package io.github.printer2mqtt.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the errors of one request so that the user sees all of them at once. Not thread-safe. */
final class FieldErrors {
    private final List<RegistrationException> errors = new ArrayList<>();

    /** The value; null if it is absent or invalid. An error is recorded. */
    <T> @Nullable T read(Supplier<@Nullable T> value) {
        try {
            return value.get();
        } catch (RegistrationException e) {
            e.all().forEach(this::add);
            return null;
        }
    }

    /** Runs a check and records its error. */
    void check(Runnable check) {
        read(() -> {
            check.run();
            return null;
        });
    }

    /** @throws RegistrationException with all recorded errors, if there are any */
    void throwIfAny() {
        RegistrationException.throwIfAny(errors);
    }

    /** Two checks may report the same field. */
    private void add(RegistrationException error) {
        if (errors.stream().noneMatch(each -> Objects.equals(each.field(), error.field()))) {
            errors.add(error);
        }
    }
}
