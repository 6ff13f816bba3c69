// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key that verifies signatures as defined by <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>: an HMAC-SHA256 of the ID, the time and the body.
 */
final class WebhookKey {

    private static final String ENCODED = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";

    private final SecretKeySpec key;

    private WebhookKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Creates the key of a secret.
     *
     * @throws IllegalArgumentException if the secret is empty, or no base64 follows {@code whsec_}
     */
    static WebhookKey of(String secret) {
        byte[] bytes = secret.startsWith(ENCODED)
                ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        return new WebhookKey(new SecretKeySpec(bytes, ALGORITHM));
    }

    /** Returns whether this key made one of the signatures, which are separated by spaces. */
    boolean signed(String id, String timestamp, byte[] body, String signatures) {
        String expected = VERSION + Base64.getEncoder().encodeToString(sum(id + "." + timestamp + ".", body));
        byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
        return Arrays.stream(signatures.split(" "))
                .anyMatch(each -> MessageDigest.isEqual(bytes, each.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] sum(String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has this algorithm
        }
    }
}
