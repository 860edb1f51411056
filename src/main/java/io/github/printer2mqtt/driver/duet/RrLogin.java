package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An accepted {@code rr_connect}. Source: {@code src/Networking/HttpResponder.cpp} of the firmware.
 *
 * @param isEmulated whether DuetSoftwareFramework responds, to which other requests belong
 * @param sessionKey null from firmware before 3.5, where the address of the client is the session
 */
record RrLogin(boolean isEmulated, @Nullable Long sessionKey) {
    /** Of a board without M551. */
    static final String DEFAULT_PASSWORD = "reprap";

    /** The protocol has no other place for the password than the query. */
    static String path(String password) {
        return "/rr_connect?password=" + encoded(password) + "&sessionKey=yes";
    }

    /** With upper-case hexadecimal digits, the only ones that the firmware decodes. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws PrinterException if the response accepts no session */
    static RrLogin of(PrinterResponse response) {
        if (response.status() != 200) {
            throw HttpStatusFailure.ofPoll(response, DuetServers.CREDENTIALS_ADVICE);
        }
        LenientJson answer = LenientJson.of(response.json());
        Integer error = answer.integer("err");
        if (error == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer of rr_connect has no err");
        }
        if (error == 1) {
            throw DuetServers.wrongPassword();
        }
        if (error != 0) {
            throw new PrinterException(FailureReason.BUSY, "all sessions of the board are in use, close other clients");
        }
        Integer level = answer.integer("apiLevel");
        boolean emulated = answer.isTrue("isEmulated");
        if (!emulated && (level == null || level < 1)) {
            throw new PrinterException(
                    FailureReason.UNREADABLE, "the board has RepRapFirmware 2 or older: update it to version 3");
        }
        return new RrLogin(emulated, answer.whole("sessionKey"));
    }
}
