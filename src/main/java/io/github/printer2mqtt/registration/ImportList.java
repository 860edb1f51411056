package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.printer.Credentials;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.github.printer2mqtt.store.Loop;
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
record ImportList(List<RegistrationForm> forms) {
    private static final int MOST_ROWS = 10_000;

    /** Rows of driver {@code auto} that are tried at the same time. */
    private static final int GROUP = 8;

    /** Rows that are judged in one turn on the loop. */
    static final int TURN = 250;

    /** @throws RegistrationProblem about every row that does not fit */
    static ImportList parse(JsonArray rows) {
        if (rows.size() > MOST_ROWS) {
            throw new RegistrationProblem(
                    Code.INVALID_FIELD, null, "found " + rows.size() + " rows, expected at most " + MOST_ROWS);
        }
        List<RegistrationForm> forms = new ArrayList<>(rows.size());
        List<RegistrationProblem> problems = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Object row = rows.getValue(i);
            int place = i;
            try {
                if (!(row instanceof JsonObject registration)) {
                    throw Fields.wrongType("", row);
                }
                forms.add(RegistrationForm.parse(registration));
            } catch (RegistrationProblem e) {
                e.all().forEach(problem -> problems.add(placed(place, problem)));
            }
        }
        RegistrationProblem.throwIfAny(problems);
        return new ImportList(forms);
    }

    /** Finds driver and address of every row, a few at a time, leaving the loop to others in between. */
    Future<LocatedList> locate(Locator locator, Loop loop) {
        return locateFrom(0, locator, loop, new ArrayList<>()).map(located -> new LocatedList(forms, located));
    }

    private Future<List<Located>> locateFrom(int first, Locator locator, Loop loop, List<Located> done) {
        List<Future<Located>> group = new ArrayList<>();
        int next = first;
        // Rows that name their driver are ready at once, so that more of them make a group.
        for (int waiting = 0; next < forms.size() && waiting < GROUP && group.size() < TURN; next++) {
            Future<Located> located = locate(next, locator);
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
    private static <T> Future<T> refusals(List<Future<Located>> group) {
        List<RegistrationProblem> problems = new ArrayList<>();
        for (Future<Located> located : group) {
            if (located.cause() instanceof RegistrationProblem problem) {
                problems.add(problem);
            } else if (located.failed()) {
                return Future.failedFuture(located.cause());
            }
        }
        return Future.failedFuture(RegistrationProblem.of(problems));
    }

    private Future<Located> locate(int row, Locator locator) {
        Future<Located> located;
        try {
            located = locator.locate(forms.get(row));
        } catch (RegistrationProblem e) {
            return Future.failedFuture(placed(row, e));
        }
        return located.recover(failure ->
                Future.failedFuture(failure instanceof RegistrationProblem problem ? placed(row, problem) : failure));
    }

    private static String place(int row) {
        return "[" + row + "]";
    }

    private static RegistrationProblem placed(int row, RegistrationProblem problem) {
        String field = problem.field();
        return new RegistrationProblem(
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
    record LocatedList(List<RegistrationForm> forms, List<Located> located) {
        /**
         * The printers to store.
         *
         * @throws RegistrationProblem about every row whose id or address is another row's or registered already
         */
        Map<Printer, Credentials> against(List<Printer> registered) {
            IdChoice ids = new IdChoice(registered.stream().map(Printer::id).collect(Collectors.toSet()));
            Map<PrinterAddress, PrinterId> addresses = new HashMap<>();
            registered.forEach(printer -> addresses.put(printer.address(), printer.id()));
            List<RegistrationProblem> problems = new ArrayList<>();
            // Ids that a user gave come first, so that no name of an earlier row takes one of them.
            for (int i = 0; i < forms.size(); i++) {
                PrinterId given = forms.get(i).id();
                if (given != null && !ids.take(given)) {
                    problems.add(RegistrationHall.duplicateId(given, place(i) + ".id"));
                }
            }
            Map<Printer, Credentials> printers = new LinkedHashMap<>();
            for (int i = 0; i < forms.size(); i++) {
                RegistrationForm form = forms.get(i);
                PrinterId id = idFor(form.id(), form, ids);
                PrinterAddress address = located.get(i).address();
                PrinterId holder = addresses.putIfAbsent(address, id);
                if (holder != null) {
                    problems.add(RegistrationHall.duplicateAddress(address, holder, place(i) + ".address"));
                }
                printers.put(form.printer(id, located.get(i).driver(), address), form.credentials());
            }
            RegistrationProblem.throwIfAny(problems);
            return printers;
        }

        private static PrinterId idFor(@Nullable PrinterId given, RegistrationForm form, IdChoice ids) {
            return given == null ? ids.takeFor(form.name()) : given;
        }
    }
}
