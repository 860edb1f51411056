package io.github.printer2mqtt.site;

/** A request to the bridge of another site failed. The message is one line for people. */
public final class SiteRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The site is known to be gone; nothing was sent. */
    public static final String SITE_UNREACHABLE = "site_unreachable";

    /** The request was sent, and no response came. */
    public static final String OUTCOME_UNKNOWN = "outcome_unknown";

    /** Too many requests to sites are running; nothing was sent. */
    public static final String BUSY = "busy";

    private final String code;

    /** @param code one of the constants, or what the site's bridge has responded, which may be any word */
    public SiteRequestException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
