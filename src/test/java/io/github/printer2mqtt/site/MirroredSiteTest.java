package io.github.printer2mqtt.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another bridge publishes is shown as it says, as long as it can be reached; its silence invents nothing. */
class MirroredSiteTest {
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ONLINE = bytes("{\"state\":\"online\"}");
    private static final byte[] OFFLINE = bytes("{\"state\":\"offline\"}");

    private final AtomicLong nanos = new AtomicLong();
    private final MirroredSites sites = MirroredSites.of(List.of(new SiteConfig("north", "farm/north")), nanos::get);
    private final MirroredSite site = sites.mirrors().get(0);
    private final ChangeQueue changes = new ChangeQueue(() -> {}, 100);

    @BeforeEach
    void twoPrintersOfAReachableSite() {
        site.fleet().addListener(changes);
        site.onConnected();
        site.onBridgeState(ONLINE);
        site.onPrinters(list("a", "b"));
        site.onStatus(A, status("a", "printing"));
        site.onStatus(B, status("b", "idle"));
    }

    @Test
    void printersAreShownAsTheirBridgeSays() {
        assertThat(sites.sites()).containsExactly(new SiteService.Site("north", "farm/north", 2, true));
        assertThat(shown(A).site()).isEqualTo("north");
        assertThat(shown(A).state()).isEqualTo(PrinterState.PRINTING);
        assertThat(shown(A).online()).isTrue();

        site.onStatus(A, status("a", "finished"));
        assertThat(shown(A).state()).isEqualTo(PrinterState.FINISHED);
    }

    /** A node of the site that was taken for dead may still have had a message on its way. */
    @Test
    void statusOfAnEarlierTermIsDropped() {
        site.onStatus(A, of("a", "north-2", 7, "printing"));
        site.onStatus(B, of("b", "north-1", 6, "paused"));
        assertThat(shown(B).state()).isEqualTo(PrinterState.IDLE);
        site.onStatus(A, of("a", "north-2", 7, "paused"));
        assertThat(shown(A).state()).isEqualTo(PrinterState.PAUSED);
        site.onStatus(A, of("a", "north-1", 8, "finished"));
        assertThat(shown(A).state()).isEqualTo(PrinterState.FINISHED);

        // With another database the terms of a site may begin anew.
        site.onBridgeState(OFFLINE);
        site.onStatus(A, of("a", "north-1", 1, "idle"));
        site.onBridgeState(ONLINE);
        assertThat(shown(A).state()).isEqualTo(PrinterState.IDLE);
    }

    private static byte[] of(String id, String node, long epoch, String state) {
        JsonObject status = new JsonObject(Buffer.buffer(status(id, state)));
        return bytes(status.put(
                        "source",
                        new JsonObject().put("node", node).put("epoch", epoch).put("seq", 1))
                .encode());
    }

    @Test
    void siteThatIsGoneKeepsItsPrintersWithTheirLastValues() {
        site.onBridgeState(OFFLINE);

        assertKept();
        site.onBridgeState(ONLINE);
        assertThat(shown(A).online()).isTrue();
        assertThat(shown(A).poll().reason()).isNull();
    }

    @Test
    void siteWhoseStateWasClearedIsGone() {
        site.onBridgeState(NOTHING);
        assertKept();
    }

    @Test
    void siteIsGoneWithOurBroker() {
        site.onDisconnected();
        assertKept();

        site.onConnected();
        assertThat(shown(A).online()).as("nothing is known yet").isFalse();
        site.onBridgeState(ONLINE);
        assertThat(shown(A).online()).isTrue();
    }

    @Test
    void siteThatWasNotHeardForLongIsGone() {
        advance(Duration.ofSeconds(149));
        site.onHeard();
        advance(Duration.ofSeconds(149));
        assertThat(site.isReachable()).isTrue();

        advance(Duration.ofSeconds(1));
        assertKept();
        site.onHeard();
        assertThat(shown(A).online()).isTrue();
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
        site.check();
    }

    private void assertKept() {
        assertThat(site.isReachable()).isFalse();
        Status kept = shown(A);
        assertThat(kept.online()).isFalse();
        assertThat(kept.poll().reason()).isEqualTo(FailureReason.SITE_UNREACHABLE);
        assertThat(kept.poll().observedAt()).isEqualTo(Instant.parse("2026-11-21T09:50:00Z"));
        assertThat(kept.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(Objects.requireNonNull(kept.job()).stale()).isTrue();
        assertThat(kept.job().job().progress()).isEqualTo(42.5);
        assertThat(changes.drain().events()).as("silence is no event").isEmpty();
    }

    @Test
    void removedPrinterVanishesByItsClearedTopicOrByTheList() {
        site.onStatus(A, NOTHING);
        assertThat(site.fleet().snapshot().find(A)).isNull();

        site.onPrinters(list("c"));
        assertThat(site.fleet().snapshot().size()).isZero();
        assertThat(site.missing(10)).containsExactly(new PrinterId("c"));
    }

    @Test
    void whatABrokerHasLeftOfARemovedPrinterIsNotShown() {
        site.onStatus(new PrinterId("left"), status("left", "idle"));
        assertThat(site.fleet().snapshot().size()).isEqualTo(2);

        site.onPrinters(list("a", "b", "left"));
        assertThat(site.fleet().snapshot().size()).isEqualTo(3);
    }

    @Test
    void printerWhoseNewestStatusCannotBeReadIsNotShownAsOnline() {
        site.onStatus(A, new byte[MirroredSite.MAX_DOCUMENT_BYTES + 1]);
        assertUnreadable();
        site.onStatus(A, bytes("{"));
        assertUnreadable();
        site.onStatus(A, status("b", "idle"));
        assertUnreadable();

        site.onStatus(A, status("a", "paused"));
        assertThat(shown(A).online()).isTrue();
        assertThat(site.rejected()).isEqualTo(3);
    }

    private void assertUnreadable() {
        assertThat(shown(A).online()).isFalse();
        assertThat(shown(A).poll().reason()).isEqualTo(FailureReason.UNREADABLE);
        assertThat(shown(A).state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void unusableListsAndStatesChangeNothing() {
        site.onPrinters(bytes("[{\"id\":\"../#\"}]"));
        site.onPrinters(bytes("{}"));
        site.onBridgeState(bytes("online"));
        assertThat(site.fleet().snapshot().size()).isEqualTo(2);
        assertThat(site.isReachable()).isTrue();
    }

    @Test
    void printersAreLimited() {
        site.onPrinters(NOTHING);
        for (int i = 0; i < MirroredSite.MAX_PRINTERS + 5; i++) {
            site.onStatus(new PrinterId("p" + i), status("p" + i, "idle"));
        }
        assertThat(site.fleet().snapshot().size()).isEqualTo(MirroredSite.MAX_PRINTERS);
    }

    @Test
    void alertsOpenAndClearAsTheirBridgeSays() {
        site.onAlert(A, AlertCode.STALLED, alert("no progress"));
        site.onAlert(A, AlertCode.STALLED, alert("no progress"));
        site.onAlert(B, AlertCode.ERROR, bytes("nonsense"));
        site.onAlert(new PrinterId("left"), AlertCode.ERROR, alert("of nobody"));
        assertThat(sites.openAlerts()).hasSize(1);
        assertThat(sites.openAlerts().get(0).site()).isEqualTo("north");

        site.onAlert(A, AlertCode.STALLED, NOTHING);
        assertThat(sites.openAlerts()).isEmpty();
    }

    @Test
    void alertThatClearedWhileNobodyListenedIsGoneAfterTheReplay() {
        site.onAlert(A, AlertCode.STALLED, alert("no progress"));
        site.onAlert(B, AlertCode.ERROR, alert("broken"));
        site.onDisconnected();
        assertThat(sites.openAlerts()).hasSize(2);

        site.onConnected();
        site.onAlert(B, AlertCode.ERROR, alert("broken"));
        site.onReplayed();
        assertThat(sites.openAlerts())
                .singleElement()
                .matches(alert -> alert.printer().equals(B));
    }

    @Test
    void eventsArePassedOnOncePublished() {
        changes.drain();
        site.onEvent(A, event("a"));
        site.onEvent(B, event("a"));
        site.onEvent(new PrinterId("left"), event("left"));

        assertThat(changes.drain().events())
                .extracting(PrinterEvent::type)
                .containsExactly(PrinterEvent.Type.PRINT_FINISHED);
    }

    private Status shown(PrinterId printer) {
        StatusDocument document = site.fleet().snapshot().find(printer);
        return Objects.requireNonNull(document, printer + " is not shown").status();
    }

    private static byte[] status(String id, String state) {
        return bytes(new JsonObject()
                .put("schema", 1)
                .put("id", id)
                .put("name", id)
                .put("state", state)
                .put("online", true)
                .put("job", new JsonObject().put("progress", 42.5).put("finish_at", "2026-11-21T10:15:00Z"))
                .put("poll", new JsonObject().put("observed_at", "2026-11-21T09:50:00Z"))
                .encode());
    }

    private static byte[] alert(String message) {
        return bytes(new JsonObject()
                .put("message", message)
                .put("since", "2026-11-21T09:50:00Z")
                .encode());
    }

    private static byte[] event(String printer) {
        return bytes(new JsonObject()
                .put("event_type", "print_finished")
                .put("event_id", printer + "-1-1-1")
                .put("at", "2026-11-21T09:50:00Z")
                .put("printer", printer)
                .encode());
    }

    private static byte[] list(String... ids) {
        JsonArray printers = new JsonArray();
        Stream.of(ids).forEach(id -> printers.add(new JsonObject().put("id", id)));
        return bytes(printers.encode());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
