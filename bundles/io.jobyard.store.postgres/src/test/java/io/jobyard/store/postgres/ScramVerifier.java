// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a server keeps of a password (RFC 5802), hashed once and not 4096 times: a password that nobody can guess needs no more. */
final class ScramVerifier {

    private static final byte[] SALT = utf8("the salt of tests");
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private ScramVerifier() {}

    static String of(String password) {
        try {
            byte[] salted = hmac(utf8(password), SALT, FIRST_BLOCK);
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, utf8("Client Key")));
            return "SCRAM-SHA-256$1:" + text(SALT) + "$" + text(stored) + ":" + text(hmac(salted, utf8("Server Key")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
