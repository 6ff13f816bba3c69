// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookKeyTest {

    private static final byte[] BODY =
            "{\"event_type\":\"ping\",\"data\":{\"success\":true}}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_loFOjxBNrRLzqYUf";
    private static final String TIME = "1731705121";
    private static final String SIGNATURE = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=";

    private final WebhookKey key = WebhookKey.of("whsec_plJ3nmyCDGBKInavdOK15jsl");

    /** The example of the specification. */
    @Test
    void theSignatureOfTheSpecificationIsValid() {
        assertThat(key.signed(ID, TIME, BODY, SIGNATURE)).isTrue();
    }

    @Test
    void oneOfSeveralSignaturesIsSufficient() {
        assertThat(key.signed(ID, TIME, BODY, "v1a,abc v1,AAAA " + SIGNATURE)).isTrue();
        assertThat(key.signed(ID, TIME, BODY, "v1a,abc v1,AAAA")).isFalse();
    }

    @Test
    void anotherIdTimeBodyKeyOrVersionIsInvalid() {
        assertThat(key.signed(ID + "x", TIME, BODY, SIGNATURE)).isFalse();
        assertThat(key.signed(ID, "1731705122", BODY, SIGNATURE)).isFalse();
        assertThat(key.signed(ID, TIME, new byte[0], SIGNATURE)).isFalse();
        assertThat(WebhookKey.of("hush").signed(ID, TIME, BODY, SIGNATURE)).isFalse();
        assertThat(key.signed(ID, TIME, BODY, SIGNATURE.replace("v1", "v2"))).isFalse();
        assertThat(key.signed(ID, TIME, BODY, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_%"})
    void aSecretWithoutAKeyIsInvalid(String secret) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookKey.of(secret));
    }
}
