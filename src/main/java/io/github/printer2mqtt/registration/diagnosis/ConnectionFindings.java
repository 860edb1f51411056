package io.github.printer2mqtt.registration.diagnosis;

import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.NAME;
import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.PORT;
import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.ROUTE;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.text.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What name resolution and a TCP connect mean. Pure. */
final class ConnectionFindings {
    private ConnectionFindings() {}

    static Finding resolved(PrinterAddress address, List<InetAddress> ips) {
        String text = IpLiteral.parse(address.host()) == null
                ? address.host() + " is "
                        + ips.stream().limit(3).map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
                : address.host() + " is an IP address";
        return Finding.passed(NAME, text);
    }

    static Finding notResolved(PrinterAddress address, PollFailure failure) {
        if (failure.reason() == FailureReason.UNREACHABLE && failure.detail() != null) {
            return Finding.failed(
                    NAME,
                    address.host() + ": " + failure.detail(),
                    "register the printer's own address, and check what the name leads to");
        }
        String found = failure.reason() == FailureReason.TIMEOUT
                ? "the name server did not answer for " + address.host()
                : "the name " + address.host() + " has no address";
        return Finding.failed(
                NAME,
                found,
                "check the spelling, or register the printer's IP address; a name that ends in .local is only known where"
                        + " the system of the bridge supports mDNS, which most containers do not");
    }

    /** The address answered, and something listens. */
    static List<Finding> connected(InetAddress ip, int port) {
        return List.of(routed(ip), Finding.passed(PORT, "port " + port + " is open"));
    }

    private static Finding routed(InetAddress ip) {
        return Finding.passed(ROUTE, ip.getHostAddress() + " answers");
    }

    /** @param driver whose usual ports are named; null if none is known */
    static List<Finding> notConnected(
            InetAddress ip, int port, PollFailure failure, long millis, @Nullable Driver driver) {
        String host = ip.getHostAddress();
        return switch (failure.reason()) {
            case REFUSED ->
                List.of(
                        routed(ip),
                        Finding.failed(
                                PORT,
                                "nothing listens on port " + port + " of " + host,
                                "check that the printer's software runs and that the port is right" + usualPorts(driver)
                                        + "; a firewall may also refuse the connection"));
            case TIMEOUT ->
                List.of(Finding.failed(
                        ROUTE,
                        host + " did not answer within " + millis + " ms",
                        "check that the printer is switched on, that this is still its address (the router may have"
                                + " given it another one), and that no firewall or separate network (VLAN, guest Wi-Fi)"
                                + " stands between it and the bridge"));
            default ->
                List.of(Finding.failed(
                        ROUTE,
                        failure.detail() == null ? host + " cannot be reached: no route to it" : failure.detail(),
                        failure.detail() == null
                                ? "check that the printer is switched on and connected to the network, that the address is"
                                        + " right, and that the bridge's network reaches it (VLAN, guest Wi-Fi, firewall)"
                                : "correct this on the bridge's machine and try again"));
        };
    }

    /** Begins with a semicolon; empty without a driver. */
    static String usualPorts(@Nullable Driver driver) {
        return driver == null
                ? ""
                : "; usual for " + driver.id() + ": "
                        + Stream.concat(Stream.of(driver.defaultPort()), driver.candidatePorts().stream())
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "));
    }
}
