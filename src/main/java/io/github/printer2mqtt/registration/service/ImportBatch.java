package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.registration.Fields;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationRequest;
import io.github.printer2mqtt.registration.service.TargetResolver.ProbeTarget;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows that are registered together or not at all.
 *
 * @param requests in the order of the rows
 */
record ImportBatch(List<RegistrationRequest> requests) {
    private static final int MAX_ROWS = 10_000;

    /** Rows with driver {@code auto} that are probed at the same time. */
    private static final int MAX_RUNNING_PROBES = 8;

    /** Rows handled before the event loop may run other tasks. */
    static final int ROWS_PER_TURN = 250;

    /** @throws RegistrationException for every invalid row */
    static ImportBatch parse(JsonArray rows) {
        if (rows.size() > MAX_ROWS) {
            throw new RegistrationException(
                    Code.INVALID_FIELD,
                    null,
                    "found " + rows.size() + " rows, expected at most " + MAX_ROWS + "; split the import");
        }
        List<RegistrationRequest> requests = new ArrayList<>(rows.size());
        List<RegistrationException> errors = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Object row = rows.getValue(i);
            int index = i;
            try {
                if (!(row instanceof JsonObject registration)) {
                    throw Fields.wrongType("", row);
                }
                requests.add(RegistrationRequest.parse(registration));
            } catch (RegistrationException e) {
                e.all().forEach(error -> errors.add(atRow(index, error)));
            }
        }
        RegistrationException.throwIfAny(errors);
        return new ImportBatch(requests);
    }

    /** Resolves driver and address of every row, in groups that leave the event loop free in between. */
    Future<List<ProbeTarget>> resolve(TargetResolver resolver, ContextExecutor loop) {
        return resolveFrom(0, resolver, loop, new ArrayList<>());
    }

    private Future<List<ProbeTarget>> resolveFrom(
            int first, TargetResolver resolver, ContextExecutor loop, List<ProbeTarget> done) {
        List<Future<ProbeTarget>> group = new ArrayList<>();
        int next = first;
        // Rows that name their driver complete immediately and do not count as running probes.
        for (int waiting = 0;
                next < requests.size() && waiting < MAX_RUNNING_PROBES && group.size() < ROWS_PER_TURN;
                next++) {
            Future<ProbeTarget> target = resolve(next, resolver);
            waiting += target.isComplete() ? 0 : 1;
            group.add(target);
        }
        if (group.isEmpty()) {
            return Future.succeededFuture(done);
        }
        int after = next;
        return Future.join(group)
                .transform((joined, failure) -> failure == null ? Future.succeededFuture() : errorsOf(group))
                .compose(all -> {
                    group.forEach(target -> done.add(target.result()));
                    return loop.call(() -> resolveFrom(after, resolver, loop, done));
                });
    }

    /** The errors of all rows of a group, or the first internal failure. */
    private static <T> Future<T> errorsOf(List<Future<ProbeTarget>> group) {
        List<RegistrationException> errors = new ArrayList<>();
        for (Future<ProbeTarget> target : group) {
            if (target.cause() instanceof RegistrationException error) {
                errors.add(error);
            } else if (target.failed()) {
                return Future.failedFuture(target.cause());
            }
        }
        return Future.failedFuture(RegistrationException.of(errors));
    }

    private Future<ProbeTarget> resolve(int row, TargetResolver resolver) {
        // compose() makes a failed future of what the resolver throws.
        return Future.succeededFuture(requests.get(row))
                .compose(resolver::resolve)
                .recover(failure -> Future.failedFuture(
                        failure instanceof RegistrationException error ? atRow(row, error) : failure));
    }

    private static String rowPath(int row) {
        return "[" + row + "]";
    }

    private static RegistrationException atRow(int row, RegistrationException error) {
        String field = error.field();
        return error.at(field == null || field.isEmpty() ? rowPath(row) : rowPath(row) + "." + field);
    }

    /**
     * The printers to store.
     *
     * @param targets one for each request
     * @param now the beginning of a maintenance, by the wall clock
     * @throws RegistrationException for every row whose id or address is used by another row or a registered printer
     */
    Map<Printer, Credentials> toPrinters(List<ProbeTarget> targets, List<Printer> registered, Instant now) {
        PrinterIdAllocator ids =
                new PrinterIdAllocator(registered.stream().map(Printer::id).collect(Collectors.toSet()));
        Map<PrinterAddress, PrinterId> addresses = new HashMap<>();
        registered.forEach(printer -> addresses.put(printer.address(), printer.id()));
        List<RegistrationException> errors = new ArrayList<>();
        // Explicit ids first, so that no id derived from a name takes one of them.
        for (int i = 0; i < requests.size(); i++) {
            PrinterId given = requests.get(i).id();
            if (given != null && !ids.take(given)) {
                errors.add(DefaultRegistrationService.duplicateId(given, rowPath(i) + ".id"));
            }
        }
        Map<Printer, Credentials> printers = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            RegistrationRequest request = requests.get(i);
            PrinterId given = request.id();
            PrinterId id = given == null ? ids.takeFor(request.name()) : given;
            PrinterAddress address = targets.get(i).address();
            PrinterId owner = addresses.putIfAbsent(address, id);
            if (owner != null) {
                errors.add(DefaultRegistrationService.duplicateAddress(address, owner, rowPath(i) + ".address"));
            }
            Printer printer = request.printer(id, targets.get(i).driver(), address, request.maintenance(null, now));
            printers.put(printer, request.credentials());
        }
        RegistrationException.throwIfAny(errors);
        return printers;
    }
}
