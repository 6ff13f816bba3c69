// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobSpecification;
import io.jobyard.settings.api.Sha256;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creator of delivery jobs. Each sends one signed request about an event. */
final class Deliveries {

    static final String WEBHOOK = "webhook";

    private static final String TYPE = "http_request";
    private static final int ID_BYTES = 16;
    /**
     * Time left to the request, which ends by itself at its timeout and reports the part of the answer that it
     * received.
     */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private Deliveries() {}

    static JobSpecification of(String webhook, WebhookSettings settings, JobEvent event) {
        String id = id(webhook, event);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("method", "POST");
        payload.put("url", String.valueOf(settings.url()));
        payload.put("body", body(event));
        payload.put("followRedirects", false);
        payload.put("readBody", false);
        payload.put("timeoutSeconds", settings.timeout().toSeconds());
        payload.put("idempotencyKey", id);
        payload.put("sign", Map.of("secret", "${secret:" + settings.secret() + "}", "id", id));
        return JobSpecification.type(TYPE)
                .payload(payload)
                .queue(settings.queue())
                .limits(WebhookLimits.NAME)
                .timeout(settings.timeout().plus(TO_END))
                .maxRetries(settings.maxRetries())
                .label(WEBHOOK, webhook)
                .label(WebhookLimits.TARGET, settings.target())
                .label("job", event.job().toString())
                .build();
    }

    private static Map<String, Object> body(JobEvent event) {
        HistoryEvent change = event.change();
        String state = change.to().text();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", event.job().toString());
        data.put("type", event.type());
        data.put("submitter", event.submitter());
        data.put("queue", event.queue());
        data.put("status", state);
        data.put("reason", change.reason() == null ? null : change.reason().text());
        data.put("run", change.run().number());
        data.put("attempt", change.run().attempt());
        data.put("at", change.at().toString());
        data.values().removeIf(Objects::isNull);
        return Map.of("type", "job." + state, "timestamp", change.at().toString(), "data", data);
    }

    /**
     * Returns the event's ID for a webhook. The ID is the same in every delivery, so the receiver can detect
     * duplicates.
     */
    private static String id(String webhook, JobEvent event) {
        byte[] sum = Sha256.of(webhook + "\n" + event.cursor());
        return "evt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sum, ID_BYTES));
    }
}
