// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static io.jobyard.spring.boot.SignedCall.BODY;
import static io.jobyard.spring.boot.SignedCall.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ResponseEntity;

class WebhookEndpointTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final SignedCall CALL = SignedCall.of("evt_1", NOW, BODY);

    private final List<Object> published = new ArrayList<>();
    private Consumer<Object> listener = published::add;
    private final WebhookEndpoint endpoint = new WebhookEndpoint(
            List.of(WebhookKey.of("old"), WebhookKey.of(SignedCall.SECRET)),
            event -> listener.accept(event),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aCallOfOneOfTheSecretsIsPublished() {
        assertThat(status(CALL)).isEqualTo(204);
        assertThat(published).containsExactly(EVENT);
    }

    @Test
    void aChangedCallIsRejected() {
        assertThat(status(new SignedCall("evt_2", CALL.timestamp(), CALL.signature(), BODY)))
                .isEqualTo(401);
        assertThat(status(new SignedCall("evt_1", "1893456001", CALL.signature(), BODY)))
                .isEqualTo(401);
        assertThat(status(new SignedCall("evt_1", CALL.timestamp(), CALL.signature(), BODY.replace("failed", "ended"))))
                .isEqualTo(401);
        assertThat(status(new SignedCall("", "", "", BODY))).isEqualTo(401);
        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-301, 401", "-300, 204", "300, 204", "301, 401"})
    void aCallIsRejectedFiveMinutesBeforeOrAfterItsTime(int seconds, int status) {
        assertThat(status(SignedCall.of("evt_1", NOW.plus(Duration.ofSeconds(seconds)), BODY)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "evt_1; <p>; the body is not JSON",
                "evt_1; {}; missing data.id",
                "evt_1; {\"data\": {\"id\": \"7\", \"type\": \"a\", \"submitter\": \"b\", \"status\": \"c\"}}; missing data.at",
                "evt_1; {\"data\": {\"id\": \"7\", \"type\": \"a\", \"submitter\": \"b\", \"status\": \"c\", \"at\": \"d\"}};"
                        + " invalid data.at",
                "''; {}; missing header webhook-id"
            })
    void aCallThatIsNoEventIsRejectedWithItsProblem(String id, String body, String problem) {
        SignedCall call = SignedCall.of(id, NOW, body);
        assertThat(status(call)).isEqualTo(400);
        assertThat(answer(call)).isEqualTo(problem);
        assertThat(published).isEmpty();
    }

    @Test
    void aLargeBodyIsRejectedBeforeItIsRead() {
        assertThat(status(SignedCall.of("evt_1", NOW, " ".repeat(65_537)))).isEqualTo(413);
    }

    @Test
    void aProcessedEventIsNotPublishedAgain() {
        assertThat(status(CALL)).isEqualTo(204);
        assertThat(status(CALL)).isEqualTo(204);
        assertThat(status(SignedCall.of("evt_1", NOW.minusSeconds(60), BODY))).isEqualTo(204);
        assertThat(published).hasSize(1);
    }

    @Test
    void theHostMayDeliverAnEventAgainAfterAListenerFailed() {
        listener = event -> {
            throw new IllegalStateException("no database");
        };
        assertThat(status(CALL)).isEqualTo(500);
        listener = published::add;
        assertThat(status(CALL)).isEqualTo(204);
        assertThat(published).containsExactly(EVENT);
    }

    @Test
    void anEventInProgressIsNotPublishedTwice() {
        List<Integer> during = new ArrayList<>();
        listener = event -> {
            published.add(event);
            during.add(status(CALL));
        };
        assertThat(status(CALL)).isEqualTo(204);
        assertThat(during).containsExactly(503);
        assertThat(published).hasSize(1);
    }

    private int status(SignedCall call) {
        return receive(call).getStatusCode().value();
    }

    private String answer(SignedCall call) {
        return receive(call).getBody();
    }

    private ResponseEntity<String> receive(SignedCall call) {
        try {
            return endpoint.receive(
                    call.id(),
                    call.timestamp(),
                    call.signature(),
                    new ByteArrayInputStream(call.body().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
