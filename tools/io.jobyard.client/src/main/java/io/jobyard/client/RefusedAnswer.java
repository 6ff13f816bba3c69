// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads error responses: problem documents of a host, and other responses of servers between client and host. */
final class RefusedAnswer {

    private RefusedAnswer() {}

    static JobyardClientException of(int status, HttpHeaders headers, String body) {
        return of(status, retryAfter(headers), json(body));
    }

    /** Creates the exception for a problem at the end of an event stream. */
    static JobyardClientException of(JsonNode problem) {
        return of(problem.path("status").asInt(), null, problem);
    }

    private static JobyardClientException of(int status, @Nullable Duration retryAfter, JsonNode problem) {
        String message = JsonFields.textOrNull(problem, "message");
        String fix = JsonFields.textOrNull(problem, "fix");
        String code = JsonFields.textOrNull(problem, "code");
        return new JobyardClientException(
                status,
                code == null ? "bad_answer" : code,
                JsonFields.textOrNull(problem, "field"),
                message == null
                        ? "the answer is " + status + " and says no more; see what stands before the host"
                        : message + (fix == null ? "" : "; " + fix),
                fix,
                retryAfter,
                null);
    }

    private static JsonNode json(String body) {
        try {
            return JsonFields.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // the page of a proxy
        }
    }

    /** Reads the header in seconds or as a date. */
    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String text = headers.firstValue("Retry-After").orElse("").strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration left = Duration.between(ZonedDateTime.now(date.getZone()), date);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException e) {
            return null; // missing or unreadable
        }
    }

    static boolean isStream(ResponseInfo answer) {
        return answer.statusCode() == 200
                && answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }
}
