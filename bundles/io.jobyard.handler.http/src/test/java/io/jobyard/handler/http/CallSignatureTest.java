// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallSignatureTest {

    private static final byte[] BODY =
            "{\"event_type\":\"ping\",\"data\":{\"success\":true}}".getBytes(StandardCharsets.UTF_8);
    private static final Instant THEN = Instant.ofEpochSecond(1_731_705_121);

    /** The example of the specification. */
    @Test
    void aRequestIsSignedAsTheSpecificationSays() {
        CallSignature signature = new CallSignature("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf");
        assertThat(signature.headers(BODY, THEN))
                .isEqualTo(Map.of(
                        "webhook-id", "msg_loFOjxBNrRLzqYUf",
                        "webhook-timestamp", "1731705121",
                        "webhook-signature", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="));
    }

    @Test
    void aSecretThatIsNotEncodedCountsAsItIs() {
        assertThat(new CallSignature("hush", "a").headers(BODY, THEN))
                .isNotEqualTo(new CallSignature("hush!", "a").headers(BODY, THEN))
                .isNotEqualTo(new CallSignature("hush", "a").headers(BODY, THEN.plusSeconds(1)))
                .isEqualTo(new CallSignature("whsec_aHVzaA==", "a").headers(BODY, THEN));
        assertThat(new CallSignature("hush", "a")).hasToString("signature of a");
    }

    @ParameterizedTest
    @CsvSource({
        "whsec_%, a, 'invalid sign.secret: it begins with whsec_, but no base64 follows'",
        "hush, a.b, 'invalid sign.id: use 1 to 200 visible ASCII characters without dots'",
        "whsec_, a, 'invalid sign.secret: Empty key'"
    })
    void whatCannotSignFailsForGoodWithoutTheSecret(String secret, String id, String message) {
        assertThatThrownBy(() -> new CallSignature(secret, id).headers(BODY, THEN))
                .isInstanceOf(PermanentException.class)
                .hasMessage(message);
    }
}
