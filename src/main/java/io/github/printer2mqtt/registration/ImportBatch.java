package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are registered together or not at all. A problem's field begins with the place of its row, counted from 0:
 * {@code [3].address}.
 *
 * @param forms in the order of the rows
 */
record ImportBatch(List<RegistrationRequest> forms) {
    private static final int MOST_ROWS = 10_000;

    /** Rows of driver {@code auto} that are tried at the same time. */
    private static final int GROUP = 8;

    /** Rows that are judged in one turn on the loop. */
    static final int TURN = 250;

    /** @throws RegistrationException about every row that does not fit */
    static ImportBatch parse(JsonArray rows) {
        if (rows.size() > MOST_ROWS) {
            throw new RegistrationException(
                    Code.INVALID_FIELD, null, "found " + rows.size() + " rows, expected at most " + MOST_ROWS);
        }
        List<RegistrationRequest> forms = new ArrayList<>(rows.size());
        List<RegistrationException> problems = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Object row = rows.getValue(i);
            int place = i;
            try {
                if (!(row instanceof JsonObject registration)) {
                    throw Fields.wrongType("", row);
                }
                forms.add(RegistrationRequest.parse(registration));
            } catch (RegistrationException e) {
                e.all().forEach(problem -> problems.add(placed(place, problem)));
            }
        }
        RegistrationException.throwIfAny(problems);
        return new ImportBatch(forms);
    }

    /** Finds driver and address of every row, a few at a time, leaving the loop to others in between. */
    Future<LocatedList> locate(TargetResolver locator, ContextExecutor loop) {
        return locateFrom(0, locator, loop, new ArrayList<>()).map(located -> new LocatedList(forms, located));
    }

    private Future<List<TargetResolver.ProbeTarget>> locateFrom(
            int first, TargetResolver locator, ContextExecutor loop, List<TargetResolver.ProbeTarget> done) {
        List<Future<TargetResolver.ProbeTarget>> group = new ArrayList<>();
        int next = first;
        // Rows that name their driver are ready at once, so that more of them make a group.
        for (int waiting = 0; next < forms.size() && waiting < GROUP && group.size() < TURN; next++) {
            Future<TargetResolver.ProbeTarget> located = locate(next, locator);
            waiting += located.isComplete() ? 0 : 1;
            group.add(located);
        }
        if (group.isEmpty()) {
            return Future.succeededFuture(done);
        }
        int after = next;
        return Future.join(group)
                .transform((joined, failure) -> failure == null ? Future.succeededFuture() : refusals(group))
                .compose(all -> {
                    group.forEach(located -> done.add(located.result()));
                    return loop.call(() -> locateFrom(after, locator, loop, done));
                });
    }

    /** The problems of all rows of a group as one, or the first failure that is none. */
    private static <T> Future<T> refusals(List<Future<TargetResolver.ProbeTarget>> group) {
        List<RegistrationException> problems = new ArrayList<>();
        for (Future<TargetResolver.ProbeTarget> located : group) {
            if (located.cause() instanceof RegistrationException problem) {
                problems.add(problem);
            } else if (located.failed()) {
                return Future.failedFuture(located.cause());
            }
        }
        return Future.failedFuture(RegistrationException.of(problems));
    }

    private Future<TargetResolver.ProbeTarget> locate(int row, TargetResolver locator) {
        Future<TargetResolver.ProbeTarget> located;
        try {
            located = locator.locate(forms.get(row));
        } catch (RegistrationException e) {
            return Future.failedFuture(placed(row, e));
        }
        return located.recover(failure ->
                Future.failedFuture(failure instanceof RegistrationException problem ? placed(row, problem) : failure));
    }

    private static String place(int row) {
        return "[" + row + "]";
    }

    private static RegistrationException placed(int row, RegistrationException problem) {
        String field = problem.field();
        return new RegistrationException(
                problem.code(),
                field == null || field.isEmpty() ? place(row) : place(row) + "." + field,
                String.valueOf(problem.getMessage()));
    }

    /**
     * The same rows, each with its driver and address.
     *
     * @param forms in the order of the rows
     * @param located one for each
     */
    record LocatedList(List<RegistrationRequest> forms, List<TargetResolver.ProbeTarget> located) {
        /**
         * The printers to store.
         *
         * @throws RegistrationException about every row whose id or address is another row's or registered already
         */
        Map<Printer, Credentials> against(List<Printer> registered) {
            PrinterIdAllocator ids =
                    new PrinterIdAllocator(registered.stream().map(Printer::id).collect(Collectors.toSet()));
            Map<PrinterAddress, PrinterId> addresses = new HashMap<>();
            registered.forEach(printer -> addresses.put(printer.address(), printer.id()));
            List<RegistrationException> problems = new ArrayList<>();
            // Ids that a user gave come first, so that no name of an earlier row takes one of them.
            for (int i = 0; i < forms.size(); i++) {
                PrinterId given = forms.get(i).id();
                if (given != null && !ids.take(given)) {
                    problems.add(DefaultRegistrationService.duplicateId(given, place(i) + ".id"));
                }
            }
            Map<Printer, Credentials> printers = new LinkedHashMap<>();
            for (int i = 0; i < forms.size(); i++) {
                RegistrationRequest form = forms.get(i);
                PrinterId id = idFor(form.id(), form, ids);
                PrinterAddress address = located.get(i).address();
                PrinterId holder = addresses.putIfAbsent(address, id);
                if (holder != null) {
                    problems.add(DefaultRegistrationService.duplicateAddress(address, holder, place(i) + ".address"));
                }
                printers.put(form.printer(id, located.get(i).driver(), address), form.credentials());
            }
            RegistrationException.throwIfAny(problems);
            return printers;
        }

        private static PrinterId idFor(@Nullable PrinterId given, RegistrationRequest form, PrinterIdAllocator ids) {
            return given == null ? ids.takeFor(form.name()) : given;
        }
    }
}
