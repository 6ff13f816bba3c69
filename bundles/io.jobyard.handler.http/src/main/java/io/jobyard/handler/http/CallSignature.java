// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.PermanentException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a request is signed, so that its receiver knows who sent it, and when: as of <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>, HMAC-SHA256
 * over the id, the time and the body.
 *
 * @param secret what the receiver knows too: a text, or {@code whsec_} and base64
 * @param id the same in each attempt
 */
record CallSignature(String secret, String id) {

    private static final String ENCODED = "whsec_";
    private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,200}");

    /** The headers that a request with this body has at that time. */
    Map<String, String> headers(byte[] body, Instant now) {
        if (!ID.matcher(id).matches()) {
            throw new PermanentException("sign.id is refused: use 1 to 200 visible characters of ASCII without points");
        }
        String time = Long.toString(now.getEpochSecond());
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(sum(key(), id + "." + time + ".", body)));
    }

    private byte[] key() {
        if (!secret.startsWith(ENCODED)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(ENCODED.length()));
        } catch (IllegalArgumentException e) {
            throw new PermanentException("sign.secret begins with " + ENCODED + ", and no base64 follows");
        }
    }

    private static byte[] sum(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PermanentException("sign.secret cannot be used: " + e.getMessage());
        }
    }

    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return "signature of " + id;
    }
}
