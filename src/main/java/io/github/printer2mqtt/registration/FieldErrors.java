package io.github.printer2mqtt.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes of one registration, so that its user sees all of them at once. Not thread-safe. */
final class FieldErrors {
    private final List<RegistrationException> found = new ArrayList<>();

    /** The value that is read, or null where it is absent or does not fit, which is then noted. */
    <T> @Nullable T read(Supplier<@Nullable T> value) {
        try {
            return value.get();
        } catch (RegistrationException e) {
            e.all().forEach(this::add);
            return null;
        }
    }

    /** Notes what a check finds. */
    void check(Runnable check) {
        read(() -> {
            check.run();
            return null;
        });
    }

    /** @throws RegistrationException for all mistakes, if there are any */
    void throwIfAny() {
        RegistrationException.throwIfAny(found);
    }

    /** Two checks may find the same. */
    private void add(RegistrationException problem) {
        if (found.stream().noneMatch(each -> Objects.equals(each.field(), problem.field()))) {
            found.add(problem);
        }
    }
}
