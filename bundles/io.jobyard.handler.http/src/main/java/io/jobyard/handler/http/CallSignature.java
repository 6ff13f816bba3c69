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
 * The signature of a request, which proves its sender and time to the receiver. As defined by <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>, it is an HMAC-SHA256 of the ID, the time and the body.
 *
 * @param secret the secret shared with the receiver: a text, or {@code whsec_} and base64
 * @param id the ID, the same in each attempt
 */
record CallSignature(String secret, String id) {

    private static final String ENCODED = "whsec_";
    private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,200}");

    /** Returns the signature headers for a body and a time. */
    Map<String, String> headers(byte[] body, Instant now) {
        if (!ID.matcher(id).matches()) {
            throw new PermanentException("invalid sign.id: use 1 to 200 visible ASCII characters without dots");
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
            throw new PermanentException("invalid sign.secret: it begins with " + ENCODED + ", but no base64 follows");
        }
    }

    private static byte[] sum(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PermanentException("invalid sign.secret: " + e.getMessage());
        }
    }

    /** Omits the secret, for logs. */
    @Override
    public String toString() {
        return "signature of " + id;
    }
}
