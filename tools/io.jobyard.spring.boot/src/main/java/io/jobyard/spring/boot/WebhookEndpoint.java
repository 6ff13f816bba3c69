// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Endpoint that receives webhooks and publishes each as a {@link WebhookEvent}. It answers 204 after all listeners have
 * returned, and 500 if one failed, so that the host delivers the event again.
 */
@RestController
final class WebhookEndpoint {

    private static final System.Logger LOG = System.getLogger(WebhookEndpoint.class.getName());
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    /** Maximum size of a body in bytes. The host sends less than 8 KiB. */
    private static final int LARGEST_BODY = 65_536;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<WebhookKey> keys;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;
    private final ProcessedEvents processed = new ProcessedEvents();

    WebhookEndpoint(List<WebhookKey> keys, ApplicationEventPublisher publisher, Clock clock) {
        this.keys = keys;
        this.publisher = publisher;
        this.clock = clock;
    }

    @PostMapping("${jobyard.webhook.path}")
    ResponseEntity<String> receive(
            @RequestHeader(name = "webhook-id", defaultValue = "") String id,
            @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "webhook-signature", defaultValue = "") String signatures,
            InputStream stream)
            throws IOException {
        byte[] body = stream.readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return answer(HttpStatus.PAYLOAD_TOO_LARGE, "the body has more than " + LARGEST_BODY + " bytes");
        } else if (keys.stream().noneMatch(key -> key.signed(id, timestamp, body, signatures))) {
            return answer(HttpStatus.UNAUTHORIZED, "invalid signature: sign with a secret of jobyard.webhook.secrets");
        } else if (!isRecent(timestamp)) {
            return answer(HttpStatus.UNAUTHORIZED, "webhook-timestamp is not within five minutes of this clock");
        }
        try {
            return publish(WebhookEvent.read(id, json(body)));
        } catch (IllegalArgumentException e) {
            return answer(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private boolean isRecent(String timestamp) {
        try {
            long seconds = Long.parseLong(timestamp) - clock.instant().getEpochSecond();
            return Math.abs(seconds) <= TOLERANCE.toSeconds();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        }
    }

    private ResponseEntity<String> publish(WebhookEvent event) {
        return switch (processed.begin(event.id())) {
            case PROCESSED -> ResponseEntity.noContent().build();
            case IN_PROGRESS -> answer(HttpStatus.SERVICE_UNAVAILABLE, "an earlier delivery is still in progress");
            case FIRST -> listen(event);
        };
    }

    private ResponseEntity<String> listen(WebhookEvent event) {
        boolean succeeded = false;
        try {
            publisher.publishEvent(event);
            succeeded = true;
            return ResponseEntity.noContent().build();
        } catch (RuntimeException e) { // an application could map it to 410, which disables the webhook
            LOG.log(System.Logger.Level.ERROR, "A listener failed; the host delivers the event again: " + event, e);
            return answer(HttpStatus.INTERNAL_SERVER_ERROR, "a listener failed; see the log of the application");
        } finally {
            processed.end(event.id(), succeeded);
        }
    }

    private static ResponseEntity<String> answer(HttpStatus status, String line) {
        return ResponseEntity.status(status).body(line);
    }
}
