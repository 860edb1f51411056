package io.github.printer2mqtt;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a house, step after step, and keeps what must be ended later. HTTP listens before anything is read or asked;
 * nothing waits for a printer or for a broker elsewhere.
 */
final class BridgeStartup {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeStartup.class);

    private final BridgeComponents components;
    private final Function<RegistrationService, Future<?>> first;
    private volatile @Nullable EmbeddedBroker broker;
    private volatile @Nullable String httpDeployment;
    private volatile @Nullable String alertDeployment;
    private volatile @Nullable String mqttDeployment;

    /** @param first makes registrations before the first list is answered */
    BridgeStartup(BridgeComponents components, Function<RegistrationService, Future<?>> first) {
        this.first = first;
        this.components = components;
    }

    Future<Void> open() {
        return listen().compose(listening -> startBroker())
                .compose(started -> readPrinters())
                .compose(read -> watchForAlerts())
                .compose(watching -> joinBroker());
    }

    @Nullable EmbeddedBroker broker() {
        return broker;
    }

    @Nullable String httpDeployment() {
        return httpDeployment;
    }

    @Nullable String alertDeployment() {
        return alertDeployment;
    }

    @Nullable String mqttDeployment() {
        return mqttDeployment;
    }

    private Future<Void> listen() {
        return components.vertx().deployVerticle(components.http()).map(deployment -> {
            httpDeployment = deployment;
            int port = components.http().actualPort();
            boolean embedded = components.config().mqtt().url() == null;
            components
                    .ownPorts()
                    .set(embedded ? Set.of(port, components.config().broker().port()) : Set.of(port));
            return null;
        });
    }

    private Future<Void> startBroker() {
        if (components.config().mqtt().url() != null) {
            return Future.succeededFuture();
        }
        return EmbeddedBroker.start(components.vertx(), components.config().broker())
                .onSuccess(started -> broker = started)
                .mapEmpty();
    }

    private Future<Void> readPrinters() {
        return components
                .registry()
                .load()
                .compose(loaded -> components.ledger().load())
                .compose(memories -> components.desk().<Boolean>ask(book -> {
                    book.remember(memories);
                    return true;
                }))
                .compose(remembered -> components.polling().start())
                .compose(started -> showUnusable())
                .compose(shown -> watch(watchable()))
                .compose(watched -> first.apply(components.registrations()))
                .<Void>mapEmpty()
                .onSuccess(registered -> components.registryRead().set(true));
    }

    /** One that cannot be polled is shown as disabled, so that nobody looks for it in vain. */
    private Future<Void> showUnusable() {
        List<Future<Void>> shown = new ArrayList<>();
        for (Registration stored : components.registry().all()) {
            String fault = fault(stored.printer());
            if (fault != null) {
                shown.add(components.polling().showUnusable(stored.printer(), fault));
            }
        }
        return Future.all(shown).mapEmpty();
    }

    private Future<Void> watch(Map<Printer, Credentials> printers) {
        String shortage = components.network().shortageOfFiles(printers.size());
        if (shortage != null) {
            LOG.warn(shortage);
        }
        return components.polling().watchAll(printers);
    }

    private Map<Printer, Credentials> watchable() {
        Map<Printer, Credentials> watchable = new LinkedHashMap<>();
        for (Registration stored : components.registry().all()) {
            Printer printer = stored.printer();
            if (fault(printer) == null) {
                watchable.put(printer, components.registry().credentials(printer.id()));
            }
        }
        return watchable;
    }

    private @Nullable String fault(Printer printer) {
        String unreadable = components.registry().readError(printer.id());
        return unreadable == null && !Drivers.byId().containsKey(printer.driver())
                ? "this version has no driver called " + QuotedText.of(printer.driver())
                : unreadable;
    }

    private Future<Void> watchForAlerts() {
        return components
                .vertx()
                .deployVerticle(components.alerts())
                .onSuccess(deployment -> alertDeployment = deployment)
                .mapEmpty();
    }

    private Future<Void> joinBroker() {
        return components
                .broker()
                .compose(components.vertx()::deployVerticle)
                .onSuccess(deployment -> mqttDeployment = deployment)
                .mapEmpty();
    }
}
