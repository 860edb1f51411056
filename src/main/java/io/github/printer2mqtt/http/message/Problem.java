package io.github.printer2mqtt.http.message;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error response as defined by RFC 9457 ({@code application/problem+json}).
 *
 * @param status the HTTP status
 * @param code stable, for programs
 * @param detail one line for people: what was found and what is expected. Never contains a secret
 * @param field path of the invalid field or parameter; null if the problem is about none
 * @param errors all errors if there are several, including the one above; else empty
 * @param headers additional ones such as {@code Retry-After}
 */
public record Problem(
        int status,
        String code,
        String detail,
        @Nullable String field,
        List<FieldError> errors,
        Map<String, String> headers) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final int MAX_ERRORS = 100;

    /**
     * One of several errors.
     *
     * @param field null if the error is about no field
     * @param detail what was found and what is expected
     */
    public record FieldError(@Nullable String field, String detail) {}

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, null, List.of(), Map.of());
    }

    public static Problem ofField(int status, String code, String field, String detail) {
        return new Problem(status, code, detail, field, List.of(), Map.of());
    }

    /** For a field in a body. */
    public static HttpProblemException invalidField(String field, String detail) {
        return ofField(422, "invalid_field", field, detail).asException();
    }

    /** For a parameter in a query. */
    public static HttpProblemException invalidParameter(String parameter, String detail) {
        return ofField(400, "invalid_parameter", parameter, detail).asException();
    }

    public Problem withHeader(String header, String value) {
        return new Problem(status, code, detail, field, errors, Map.of(header, value));
    }

    public Problem withErrors(List<FieldError> all) {
        return new Problem(status, code, detail, field, List.copyOf(all), headers);
    }

    /** The reason phrase of the status, as RFC 9457 demands for the type {@code about:blank}. */
    String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    public HttpProblemException asException() {
        return new HttpProblemException(this);
    }

    public ApiResponse toResponse() {
        JsonObject document = new JsonObject()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        if (field != null) {
            document.put("field", field);
        }
        if (!errors.isEmpty()) {
            JsonArray all = new JsonArray();
            errors.stream()
                    .limit(MAX_ERRORS)
                    .forEach(error ->
                            all.add(new JsonObject().put("field", error.field()).put("detail", error.detail())));
            document.put("errors", all);
        }
        ApiResponse response = ApiResponse.of(status, CONTENT_TYPE, document.toBuffer());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.withHeader(header.getKey(), header.getValue());
        }
        return response;
    }

    /** Fails a request with a {@link Problem}. */
    public static final class HttpProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        HttpProblemException(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }
}
