package io.github.printer2mqtt.bench.farm;

import io.vertx.core.json.JsonObject;

/**
 * A simulated printer and its address.
 *
 * @param number from 0
 * @param port TCP port at {@link #host}
 */
record FarmPrinter(int number, PrinterBehaviour behaviour, Protocol protocol, int port) {
    private static final int LAST_BYTES = 250;
    private static final int FIRST_SECOND_BYTE = 10;

    /** The printer's own address in 127.0.0.0/8. */
    String host() {
        return "127." + (FIRST_SECOND_BYTE + number / (LAST_BYTES * LAST_BYTES)) + "."
                + number / LAST_BYTES % LAST_BYTES + "." + (1 + number % LAST_BYTES);
    }

    /** The number of the printer with this address; -1 if there is none. */
    static int numberAt(byte[] address) {
        int second = address[1] & 0xff;
        int last = address[3] & 0xff;
        return second < FIRST_SECOND_BYTE || last == 0
                ? -1
                : ((second - FIRST_SECOND_BYTE) * LAST_BYTES + (address[2] & 0xff)) * LAST_BYTES + last - 1;
    }

    String id() {
        return "p-" + number;
    }

    /** The registration for the API. */
    JsonObject registration() {
        return new JsonObject()
                .put("id", id())
                .put("name", "Printer " + number)
                .put("driver", protocol.driver())
                .put("address", "http://" + host() + ":" + port)
                .put("credentials", new JsonObject().put("api_key", "0123456789abcdef"));
    }
}
