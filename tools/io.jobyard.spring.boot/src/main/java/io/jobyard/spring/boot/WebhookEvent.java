// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a job that the host sent to the webhook endpoint, as an application event. Events can arrive in any order,
 * and more than once.
 *
 * @param id the ID of the event, the same in each delivery
 * @param job the job's ID
 * @param type the job's type
 * @param submitter the job's submitter: a user or a bundle
 * @param queue the job's queue at that time
 * @param status the job's status after the change, for example {@code completed}
 * @param reason the reason, if the status alone does not show it; otherwise null
 * @param at the time of the change
 */
public record WebhookEvent(
        String id,
        String job,
        String type,
        String submitter,
        String queue,
        String status,
        @Nullable String reason,
        Instant at) {

    /**
     * Reads the body of a delivery.
     *
     * @throws IllegalArgumentException if the ID or a field is missing, or a field is invalid
     */
    static WebhookEvent read(String id, JsonNode body) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("missing header webhook-id");
        }
        JsonNode data = body.path("data");
        return new WebhookEvent(
                id,
                text(data, "id"),
                text(data, "type"),
                text(data, "submitter"),
                data.path("queue").asText(),
                text(data, "status"),
                data.hasNonNull("reason") ? data.get("reason").asText() : null,
                time(text(data, "at")));
    }

    private static String text(JsonNode data, String field) {
        String text = data.path(field).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("missing data." + field);
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid data.at", e);
        }
    }
}
